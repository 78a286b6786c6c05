// The list of keys, on 「?」.
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { keyWords, SHORTCUTS } from './shortcuts.ts';

/** Keys inside a table belong to the table itself. */
const TABLE_KEYS: readonly { keys: readonly string[]; words: string }[] = [
  { keys: ['矢印'], words: '隣の欄へ' },
  { keys: ['Tab', 'Enter'], words: '右の欄へ／下の欄へ' },
  { keys: ['Home', 'End'], words: '行の始めへ／終わりへ' },
  { keys: ['Ctrl + 矢印'], words: '表の端へ' },
  { keys: ['F2'], words: '欄の中を直す' },
  { keys: ['Esc'], words: '打つ前に戻す' },
  { keys: ['Shift + 矢印', 'Ctrl + A'], words: '範囲を選ぶ／全部を選ぶ' },
  { keys: ['Ctrl + C', 'Ctrl + V'], words: '写す／貼り付ける（Excelの範囲も）' },
  { keys: ['Ctrl + D', 'Ctrl + R'], words: '上の欄と同じにする／左の欄と同じにする' },
  { keys: ['Delete'], words: '空にする' },
  { keys: ['Alt + Enter'], words: '要確認の答えや理由へ（表の外の欄でも）。表の文の欄では改行' },
  { keys: ['Alt + 1 ～ 5'], words: '数の区分（実績・見込・未確定・該当なし・評価不能）' },
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
                <Row key={action} keys={keys.map(keyWords)} between=" または " words={words} />
              ))}
            </dl>
          </section>
        ))}
        <section className="stack-close">
          <h3>表の中</h3>
          <dl className="shortcuts">
            {TABLE_KEYS.map(({ keys, words }) => (
              <Row key={words} keys={keys} between="／" words={words} />
            ))}
          </dl>
        </section>
      </div>
      <div className="actions decision">
        <Button kind="outline" onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  );
}

function Row({ keys, between, words }: { keys: readonly string[]; between: string; words: string }) {
  return (
    <div>
      <dt>
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 && between}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
