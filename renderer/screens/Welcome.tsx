// Before a file is open: the four ways in, and the files that were open last.
import { BookOpen, FilePlus2, FlaskConical, FolderOpen, PackageOpen } from 'lucide-react';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';

export function Welcome({ go, enter }: { go: Go; enter: (workspace: WorkspaceView) => void }) {
  const about = useQuery('app.about', {}, []);
  const task = useTask();

  /** A passphrase guards the key for signing, not the file: it is asked for when something has to be signed. */
  async function open(file: string, name: string) {
    const opened = await task.run(`「${name}」を開いています`, 'workspace.open', { file });
    if (opened) enter(opened);
  }

  async function choose() {
    const [chosen] = await task.choose({ for: 'open-workspace' });
    if (chosen) await open(chosen.file, chosen.name);
  }

  async function trySample() {
    const [chosen] = await task.choose({ for: 'new-workspace', suggested: '練習用.hyoka' });
    if (!chosen) return;
    const opened = await task.run('練習用のファイルを作っています', 'workspace.sample', { file: chosen.file });
    if (opened) enter(opened);
  }

  const recent = about.value?.recent ?? [];
  return (
    <Screen
      title="行政評価シート"
      aside={
        <Button kind="text" size="toolbar" icon={BookOpen} onClick={() => go({ at: 'help', from: { at: 'welcome' } })}>
          使い方
        </Button>
      }
    >
      <p className="measure">
        評価シートの配布、入力、提出、取りまとめを、ネットワークを使わずに行います。はじめに、使うファイルを選んでください。
      </p>
      <TaskReport task={task} />
      {about.problem && <ProblemNotice problem={about.problem} />}
      <div className="welcome">
        <section className="stack" aria-labelledby="welcome-open">
          <h2 id="welcome-open">続きから</h2>
          {recent.length > 0 ? (
            <ul className="recent">
              {recent.map(({ file, name }) => (
                <li key={file}>
                  <Link onClick={() => open(file, name)}>{name}</Link>
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">このパソコンで開いたファイルが、ここに並びます。</p>
          )}
          <div>
            <Button kind={recent.length > 0 ? 'primary' : 'outline'} icon={FolderOpen} onClick={choose}>
              ファイルを開く
            </Button>
          </div>
        </section>
        <section className="stack" aria-labelledby="welcome-new">
          <h2 id="welcome-new">はじめて使う</h2>
          <dl className="ways">
            <Way icon={PackageOpen} label="配布を受け取って始める" onClick={() => go({ at: 'join' })}>
              担当課の方。事務局から届いた配布パッケージから、自分の課のファイルを作ります。
            </Way>
            <Way icon={FilePlus2} label="新しい年度を作る" onClick={() => go({ at: 'create' })}>
              事務局の方。様式と評価年度を選んで、取りまとめ用のファイルを作ります。
            </Way>
            <Way icon={FlaskConical} label="見本で試す" onClick={trySample}>
              作り物のシートで操作を確かめます。本番の資料には影響しません。
            </Way>
          </dl>
        </section>
      </div>
      <p className="quiet">版 {about.value?.version ?? ''}</p>
    </Screen>
  );
}

type WayProps = { icon: typeof FolderOpen; label: string; onClick: () => void; children: string };

function Way({ icon, label, onClick, children }: WayProps) {
  return (
    <div>
      <dt>
        <Button kind="outline" icon={icon} onClick={onClick}>
          {label}
        </Button>
      </dt>
      <dd className="quiet">{children}</dd>
    </div>
  );
}
