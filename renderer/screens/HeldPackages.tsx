// Packages that wait, each with what it waits for: they are taken in by themselves once it is there. A person may take one
// out as it came, or drop it; dropped ones can be taken up again, or their files deleted after one more word.
import { FolderOutput, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { HeldView, PackageResult } from '../../shared/contract/exchangeviews.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { PackageCard } from './PackageCard.tsx';
import { TaskReport } from './TaskReport.tsx';

/** So many are shown at once; more on request. */
const FEW = 20;

const hashesOf = (packages: readonly HeldView[]): string[] => packages.flatMap(({ hash }) => hash ?? []);

/** `onTaken`: what was taken in because its sender has been registered. */
export function HeldPackages({ onTaken, onLook }: { onTaken: (taken: PackageResult[]) => void; onLook: () => void }) {
  const { value } = useQuery('held.list', {}, ['signers', 'sheets']);
  const task = useTask();
  const all = value?.packages ?? [];
  // Whom one knows comes first: of strangers there may be many.
  const held = all
    .filter(({ isDropped }) => !isDropped)
    .toSorted((a, b) => Number(a.unit === null) - Number(b.unit === null));
  const dropped = all.filter(({ isDropped }) => isDropped);
  const ready = held.filter(({ outcome }) => outcome === 'applied').length;

  const strangers = held.filter(({ reason }) => reason?.code === 'signer.unknown');
  const [isWhole, setWhole] = useState(false);
  const [isDiscarding, setDiscarding] = useState(false);
  const shown = isWhole ? held : held.slice(0, FEW);

  const drop = (packages: readonly HeldView[], isDropped: boolean) =>
    task.run('取り置きを変えています', 'held.drop', { packages: hashesOf(packages), isDropped });
  async function takeOut(hash: string | null) {
    const [folder] = await task.choose({ for: 'output-folder' });
    if (!folder) return;
    const done = await task.run('パッケージを書き出しています', 'held.export', {
      hash: hash ?? '',
      folder: folder.file,
    });
    if (done) await task.reveal(folder.file);
  }
  async function discard() {
    setDiscarding(false);
    await task.run('ファイルを消しています', 'held.discard', { packages: hashesOf(dropped) });
  }
  if (all.length === 0) return null;
  const key = (one: HeldView) => one.hash ?? one.file;
  return (
    <section className="stack" aria-labelledby="set-aside">
      <h2 id="set-aside">取り置いたパッケージ（{held.length}件）</h2>
      <p className="measure quiet">
        足りないもの（送り手の登録、先に出されたパッケージ、担当課の割り当て）がそろうと、自動で取り込みます。取り込めない内容のものも、届いたファイルをそのまま残し、受領書で理由を知らせます。
      </p>
      <TaskReport task={task} />
      {shown.map((one) => (
        <PackageCard key={key(one)} result={one} isDone={false} onAccepted={onTaken}>
          <div className="actions">
            <Button kind="text" size="toolbar" icon={FolderOutput} onClick={() => takeOut(one.hash)}>
              届いたまま取り出す
            </Button>
            <Button kind="text" size="toolbar" icon={Trash2} onClick={() => drop([one], true)}>
              取り置きをやめる
            </Button>
          </div>
        </PackageCard>
      ))}
      {(shown.length < held.length || strangers.length > FEW) && (
        <div className="actions">
          {shown.length < held.length && (
            <Button kind="outline" onClick={() => setWhole(true)}>
              {`残りの${held.length - shown.length}件も出す`}
            </Button>
          )}
          {strangers.length > FEW && (
            <Button kind="text" icon={Trash2} onClick={() => drop(strangers, true)}>
              {`登録していない端末の${strangers.length}件の取り置きをやめる`}
            </Button>
          )}
        </div>
      )}
      {ready > 0 && (
        <div className="actions">
          <Button kind="outline" onClick={onLook}>
            {`取り込めるようになった${ready}件を確かめる`}
          </Button>
        </div>
      )}
      {dropped.length > 0 && (
        <details>
          <summary>取り置きをやめたパッケージ（{dropped.length}件）</summary>
          <ul className="file-names">
            {dropped.map((one) => (
              <li key={key(one)}>
                {one.file}
                <span className="quiet">　{showMoment(one.receivedAt)} に受け取り</span>
                <Button kind="text" size="toolbar" icon={Undo2} onClick={() => drop([one], false)}>
                  取り置きに戻す
                </Button>
              </li>
            ))}
          </ul>
          <div className="actions">
            <Button kind="outline" size="toolbar" icon={Trash2} onClick={() => setDiscarding(true)}>
              {`この${dropped.length}件のファイルを消す`}
            </Button>
          </div>
        </details>
      )}
      {isDiscarding && (
        <Dialog title="取り置きをやめたファイルを消す" onClose={() => setDiscarding(false)}>
          <p>
            取り置きをやめた{dropped.length}
            件のファイルを、このファイルから消します。元に戻せません。登録した送り手のものは、届いたことだけが記録に残ります。要るものは、先に取り置きに戻すか、届いたまま取り出してください。
          </p>
          <div className="actions">
            <Button kind="primary" icon={Trash2} onClick={discard}>
              {`${dropped.length}件のファイルを消す`}
            </Button>
            <Button kind="text" onClick={() => setDiscarding(false)}>
              やめる
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
