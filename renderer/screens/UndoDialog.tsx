// Before an intake is taken back: everything that goes with it, by sheet, by version made here, and by later package.
import { useState } from 'react';
import type { Dependents, ReceivedView } from '../../shared/contract/recordviews.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { packageKind } from './words.ts';

type Props = { one: ReceivedView; name: string; onDone: () => void; onClose: () => void };

export function UndoDialog({ one, name, onDone, onClose }: Props) {
  const host = useHost();
  const { value, problem, reload } = useQuery('package.dependents', { package: one.hash }, ['sheets']);
  const [failed, setFailed] = useState<Problem>();
  const blocked = value?.sheets.some((sheet) => sheet.blocked) ?? false;

  async function undo() {
    if (!value) return;
    const reply = await host.call('package.undo', { package: one.hash, digest: value.digest });
    if (reply.ok) return onDone();
    setFailed(reply.problem);
    reload();
  }

  return (
    <Dialog title={`${name}の取り込みを取り消しますか`} width="wide" onClose={onClose}>
      {(failed ?? problem) && <ProblemNotice problem={failed ?? (problem as Problem)} />}
      {value && <DependentList dependents={value} />}
      {value && !blocked && (
        <p className="quiet">
          取り消したものは記録に残り、あとで「もう一度取り込む」で元に戻せます。入力中の下書きはそのまま残ります。
        </p>
      )}
      <div className="actions">
        {!blocked && (
          <Button kind="primary" onClick={undo} locked={value ? undefined : '確かめています。'}>
            {`第${one.sequence}号の取り込みを取り消す`}
          </Button>
        )}
        <Button kind="outline" onClick={onClose}>
          取り消さない
        </Button>
      </div>
    </Dialog>
  );
}

function DependentList({ dependents }: { dependents: Dependents }) {
  const { sheets, made, packages } = dependents;
  const blocked = sheets.filter((sheet) => sheet.blocked);
  return (
    <div className="stack dependents">
      {blocked.length > 0 && (
        <Notice tone="error" title="入力のあるシートがなくなるため、取り消せません。">
          <p>
            {blocked.map(({ number, name }) => `${number} ${name}`).join('、')}
            に、この端末で入力した内容があります。正しい配布を受け取れば、入力を残したまま新しい内容になります。
          </p>
        </Notice>
      )}
      {sheets.length === 0 && (
        <p>このパッケージだけが持つ内容はありません。取り消しても、シートの内容は変わりません。</p>
      )}
      {sheets.length > 0 && (
        <section>
          <h3>内容が変わるシート（{sheets.length}枚）</h3>
          <ul>
            {sheets.map((sheet) => (
              <li key={sheet.id}>
                {sheet.number} {sheet.name}
                <span className="quiet">　{effectsOn(sheet).join('、')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {blocked.length === 0 && made.length > 0 && (
        <section>
          <h3>いっしょに取り消される、この上に作った版（{made.length}件）</h3>
          <ul>
            {made.map((version) => (
              <li key={`${version.sheet}-${version.at}`}>
                {version.number}　{version.unit}　{showMoment(version.at)}
                {version.note !== '' && `　${version.note}`}
                {version.decided.length > 0 && (
                  <span className="quiet">　競合の決定：{version.decided.join('、')}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {blocked.length === 0 && packages.length > 0 && (
        <section>
          <h3>もとの版がなくなり、取り置きに戻るパッケージ（{packages.length}件）</h3>
          <ul>
            {packages.map((one) => (
              <li key={one.hash}>
                {one.unit}　{packageKind(one.kind).word} 第{one.sequence}号　{showMoment(one.receivedAt)} 受け取り
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const effectsOn = (sheet: Dependents['sheets'][number]): string[] =>
  [
    sheet.leaves ? '一覧からなくなります' : '',
    sheet.revisions > 0 ? `版${sheet.revisions}件` : '',
    sheet.remarks > 0 ? `指摘・確認${sheet.remarks}件` : '',
    sheet.drafted && !sheet.blocked ? '入力中の下書きは残ります' : '',
  ].filter(Boolean);
