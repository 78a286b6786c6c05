// The list of keys, on 「?」.
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { keyWords, SHORTCUTS } from './shortcuts.ts';

/** Keys inside a table belong to the table itself. */
const TABLE_KEYS = [
  { keys: '矢印', words: '隣の欄へ' },
  { keys: 'Tab / Enter', words: '右の欄へ / 下の欄へ' },
  { keys: 'F2', words: '欄の中を直す' },
  { keys: 'Esc', words: '打ちかけをやめる' },
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="キーの一覧" width="wide" onClose={onClose}>
      <div className="shortcut-groups">
        {SHORTCUTS.map((group) => (
          <section key={group.title} className="stack-close">
            <h3>{group.title}</h3>
            <dl className="shortcuts">
              {group.shortcuts.map(({ action, keys, words }) => (
                <div key={action}>
                  <dt>
                    {keys.map((key, index) => (
                      <span key={keyWords(key)}>
                        {index > 0 && ' または '}
                        <kbd>{keyWords(key)}</kbd>
                      </span>
                    ))}
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section className="stack-close">
          <h3>表の中</h3>
          <dl className="shortcuts">
            {TABLE_KEYS.map(({ keys, words }) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <div className="actions">
        <Button kind="outline" onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  );
}
