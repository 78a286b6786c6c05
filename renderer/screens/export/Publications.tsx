// The record of what was published, each to be written out again as it was, and what changed from one to another.
import { Download, Printer, Stamp } from 'lucide-react';
import { useState } from 'react';
import type { ErrataView, PublicationView } from '../../../shared/contract/publicationmethods.ts';
import { useHost, useQuery } from '../../host/HostContext.tsx';
import { useLook } from '../../host/useLook.ts';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';
import { RunningTask } from '../../ui/Progress.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { useFew } from '../Few.tsx';
import type { Go } from '../place.ts';

const EDITION_WORDS = { public: '公表用', internal: '庁内用' };
const YEAR_WORDS = { era: '和暦', western: '西暦' };

export function Publications({ go }: { go: Go }) {
  const { value, problem } = useQuery('publication.list', {}, ['sheets']);
  const all = value?.publications ?? [];
  return (
    <Screen
      title="公表の記録"
      width="wide"
      back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}
      aside={
        all.length > 0 && (
          <Button kind="primary" size="toolbar" icon={Stamp} onClick={() => go({ at: 'publish' })}>
            次の号を公表する
          </Button>
        )
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {value && all.length === 0 && (
        <div className="empty">
          <p>
            まだ何も公表していません。公表すると号が付き、シートが変わった後でも、同じ内容をホームページ・PDF・Excelに書き出せます。
          </p>
          <Button kind="primary" icon={Stamp} onClick={() => go({ at: 'publish' })}>
            第1号を公表する
          </Button>
        </div>
      )}
      {all.length > 0 && <List publications={all} go={go} />}
      {all.length > 1 && <Errata publications={all} />}
    </Screen>
  );
}

function List({ publications, go }: { publications: readonly PublicationView[]; go: Go }) {
  return (
    <div className="table-box no-print">
      <table className="table">
        <caption className="for-ears">公表の記録、新しい順</caption>
        <thead>
          <tr>
            <th scope="col">号</th>
            <th scope="col">公表した日時</th>
            <th scope="col">版</th>
            <th scope="col">シート</th>
            <th scope="col">公表した人</th>
            <th scope="col">記録の番号</th>
            <th scope="col">書き出し</th>
          </tr>
        </thead>
        <tbody>
          {publications.map(({ number, at, edition, years, sheets, person, digest }) => (
            <tr key={number}>
              <th scope="row">第{number}号</th>
              <td>{showMoment(at)}</td>
              <td>
                {EDITION_WORDS[edition]}・{YEAR_WORDS[years]}
              </td>
              <td>{sheets}枚</td>
              <td>{person}</td>
              <td>{digest}</td>
              <td>
                <Button
                  kind="outline"
                  size="toolbar"
                  icon={Download}
                  onClick={() => go({ at: 'export', first: { snapshot: number, format: 'html' } })}
                >
                  第{number}号を書き出す
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Errata({ publications }: { publications: readonly PublicationView[] }) {
  const [latest, before] = publications;
  const [from, setFrom] = useState(before?.number ?? 1);
  const [to, setTo] = useState(latest?.number ?? 2);
  const look = useLook('publication.errata', from === to ? null : { before: from, after: to });
  const choice = (label: string, value: number, onChange: (number: number) => void) => (
    <Field label={label}>
      {(control) => (
        <select {...control} className="input" value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {publications.map(({ number }) => (
            <option key={number} value={number}>
              第{number}号
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  return (
    <section className="stack" aria-labelledby="errata-title">
      <h2 id="errata-title">正誤表</h2>
      <div className="errata-choice no-print">
        {choice('もとの号', from, setFrom)}
        {choice('直した号', to, setTo)}
      </div>
      <RunningTask running={look.running} name="違いを調べています" progress={look.progress} onCancel={look.cancel} />
      {look.problem && <ProblemNotice problem={look.problem} />}
      {from === to && <p>違う号を二つ選ぶと、違いが出ます。</p>}
      {look.value && <ErrataTable errata={look.value} />}
    </section>
  );
}

const KINDS = { changed: '', added: '新しく公表したシート', withdrawn: '公表を取りやめたシート' };

function ErrataTable({ errata: { before, after, sheets } }: { errata: ErrataView }) {
  const host = useHost();
  const { few, more } = useFew(sheets, '枚', sheets);
  if (sheets.length === 0) {
    return (
      <p>
        第{before}号と第{after}号の間に、違いはありません。
      </p>
    );
  }
  return (
    <>
      <div className="toolbar no-print">
        <Button kind="outline" size="toolbar" icon={Printer} onClick={() => void host.print()}>
          正誤表を印刷する
        </Button>
      </div>
      <div className="table-box">
        <table className="table errata">
          <caption>
            第{before}号から第{after}号への正誤表
          </caption>
          <thead>
            <tr>
              <th scope="col">シート</th>
              <th scope="col">欄</th>
              <th scope="col">誤（第{before}号）</th>
              <th scope="col">正（第{after}号）</th>
            </tr>
          </thead>
          {few.map(({ number, name, kind, cells }) => (
            <tbody key={`${number} ${name} ${kind}`}>
              {kind !== 'changed' && (
                <tr>
                  <th scope="row">{`${number} ${name}`}</th>
                  <td colSpan={3}>{KINDS[kind]}</td>
                </tr>
              )}
              {cells.map((cell, at) => (
                <tr key={cell.label}>
                  {at === 0 && <th scope="rowgroup" rowSpan={cells.length}>{`${number} ${name}`}</th>}
                  <td>{cell.label}</td>
                  <td className="kept-lines">{cell.before || '（空欄）'}</td>
                  <td className="kept-lines">{cell.after || '（空欄）'}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {more}
    </>
  );
}
