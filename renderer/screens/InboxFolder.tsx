// The watched folder on the screen for receiving: which it is, what has arrived, what is still being copied, and what
// cannot be read.
import { FolderSearch, Inbox } from 'lucide-react';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { useInbox } from './InboxWatch.tsx';
import { TaskReport } from './TaskReport.tsx';

export function InboxFolder({ onLook }: { onLook: (files: string[]) => void }) {
  const { view, show } = useInbox();
  const task = useTask();

  async function choose() {
    const [folder] = await task.choose({ for: 'inbox-folder' });
    if (folder) await watch(folder.file);
  }
  async function watch(folder: string | null) {
    const seen = await task.run('受け箱を見ています', 'inbox.set', { folder });
    if (seen) show(seen);
  }

  const { folder, problem, fresh, waiting, spoiled, known } = view;
  return (
    <section className="stack-close" aria-labelledby="inbox">
      <h2 id="inbox">受け箱のフォルダー</h2>
      <TaskReport task={task} />
      {folder === null ? (
        <p className="measure quiet">
          共有フォルダーを受け箱に決めておくと、このファイルを開いている間、20秒ごとに見て、届いたら知らせます。フォルダーの中のファイルは、消したり動かしたりしません。
        </p>
      ) : (
        <p className="measure">
          「{folder}」を見ています。
          <span className="quiet">
            {waiting.length > 0 && `コピー中${waiting.length}件。`}
            {known > 0 && `受け取り済み${known}件。`}
            {!problem && fresh.length + waiting.length + spoiled.length === 0 && '新しく届いたものはありません。'}
          </span>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {waiting.length > 0 && (
        <ul className="file-names">
          {waiting.map((name) => (
            <li key={name}>{name}（コピー中。終わるのを待っています）</li>
          ))}
        </ul>
      )}
      {spoiled.length > 0 && (
        <ul className="file-names">
          {spoiled.map((one) => (
            <li key={one.file}>
              <p>
                <strong>{one.name}</strong>　{one.problem.message}
              </p>
              <p className="quiet">{one.problem.hint}</p>
            </li>
          ))}
        </ul>
      )}
      <div className="actions">
        {fresh.length > 0 && (
          <Button kind="primary" icon={Inbox} onClick={() => onLook(fresh.map(({ file }) => file))}>
            {`届いた${fresh.length}件を確かめる`}
          </Button>
        )}
        <Button kind="outline" icon={FolderSearch} onClick={choose}>
          {folder === null ? '受け箱を決める' : '別のフォルダーに替える'}
        </Button>
        {folder !== null && (
          <Button kind="text" onClick={() => watch(null)}>
            見るのをやめる
          </Button>
        )}
      </div>
    </section>
  );
}
