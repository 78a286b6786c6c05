// Packages that were just written and proved: what is in them, how to get hold of them, and how to take the medium out.
import { BookOpenCheck, FolderOpen, KeyRound, Lock, LockOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlaceView, WrittenPackage } from '../../shared/contract/outgoingviews.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import type { Go } from './place.ts';
import type { Word } from './words.ts';

export const sealWord: Record<WrittenPackage['sealed'], Word> = {
  keys: { word: '封あり', icon: Lock, tone: 'good' },
  passphrase: { word: '封あり（合い言葉）', icon: KeyRound, tone: 'good' },
  open: { word: '封なし', icon: LockOpen, tone: 'quiet' },
};

type Props = {
  title: string;
  packages: readonly WrittenPackage[];
  place: PlaceView;
  reveal: () => void;
  /** Leads to the register, where that is not what is shown already. */
  go?: Go;
  children?: ReactNode;
};

export function WrittenPackages({ title, packages, place, reveal, go, children }: Props) {
  const needsPhrase = packages.some(({ sealed }) => sealed === 'passphrase');
  return (
    <>
      <Notice tone="success" title={title} spoken>
        <p>書いたファイルを読み直し、受け取る側と同じ手順で開けることを確かめました。</p>
        {children}
        {needsPhrase && <p>封の合い言葉は、媒体とは別に、電話などで相手に伝えてください。</p>}
      </Notice>
      <div className="table-box">
        <table className="table">
          <caption className="for-ears">作ったパッケージ</caption>
          <thead>
            <tr>
              <th scope="col">課</th>
              <th scope="col">ファイル名</th>
              <th scope="col">封</th>
              <th scope="col" className="number">
                番号
              </th>
              <th scope="col">シート</th>
            </tr>
          </thead>
          <tbody>
            {packages.map((written) => {
              const { word, icon, tone } = sealWord[written.sealed];
              return (
                <tr key={written.hash}>
                  <th scope="row">{written.unit}</th>
                  <td>{written.file}</td>
                  <td>
                    <StateWord icon={icon} tone={tone}>
                      {word}
                    </StateWord>
                  </td>
                  <td className="number nowrap">第{written.sequence}号</td>
                  <td>
                    {written.sheets.length}枚{written.sheets.length > 0 && `（${written.sheets.join('、')}）`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {(place.kind === 'removable' || place.kind === 'unknown') && <SafeRemoval volume={place.volume} />}
      <div className="actions">
        <Button kind="primary" icon={FolderOpen} onClick={reveal}>
          ファイルを取り出す
        </Button>
        {go && (
          <Button kind="outline" icon={BookOpenCheck} onClick={() => go({ at: 'register' })}>
            持ち出し記録を見る
          </Button>
        )}
      </div>
    </>
  );
}

function SafeRemoval({ volume }: { volume: string | null }) {
  return (
    <Notice
      tone="info"
      title={`媒体${volume === null ? '' : `「${volume}」`}を抜く前に、取り外しの操作をしてください。`}
    >
      <ol className="numbered">
        <li>
          Windowsでは画面右下の「ハードウェアを安全に取り外す」、Macでは媒体の「取り出す」、Linuxではファイルの画面の「取り出し」を選びます。
        </li>
        <li>取り外してよいという知らせが出てから、抜きます。</li>
        <li>渡し終えたら媒体の中のファイルを消し、持ち出し記録に、消したことを残します。</li>
      </ol>
    </Notice>
  );
}
