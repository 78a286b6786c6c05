// What the numbered sequences of packages say: alarms that stand until a person has noted them, and for each workstation
// what has arrived and what is missing.
import { CircleCheck, Copy, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { AlarmView, ChainView } from '../../shared/contract/exchangeviews.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Field, useFirstFault } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { TaskReport } from './TaskReport.tsx';
import { shownPrint } from './words.ts';

const nameOf = ({ unit, station }: Pick<AlarmView, 'unit' | 'station'>) =>
  unit === null ? '登録していない端末' : station ? `${unit}（${station}）` : unit;

/** What an alarm says, and what to do. */
export function alarmWords(alarm: AlarmView): { title: string; advice: string } {
  const name = nameOf(alarm);
  switch (alarm.kind) {
    case 'fork':
      return {
        title: `${name}の第${alarm.sequence ?? ''}号のところで、パッケージの続きが分かれています。`,
        advice:
          '同じ評価ファイルの写しが2台で使われているか、古い控えから戻されたおそれがあります。両方の内容を取り込んであります。どの端末を使い続けるかを、課に確かめてください。',
      };
    case 'return':
      return {
        title: `${name}から、前の数え方の続きが届きました。`,
        advice:
          '遅れて届いただけのこともあります。古い控えから戻したファイルが使われていないか、課に確かめてください。内容は取り込んであります。',
      };
    case 'cloned':
      return {
        title: `相手は、このファイルにない、このファイルの鍵のパッケージ（第${alarm.sequence ?? ''}号）を受け取っています。`,
        advice:
          'このファイルは、古い控えから戻されたか、写しがほかの端末で使われています。これから出すパッケージは、新しく数え直します。入力した内容も、相手にある内容も残っています。写しのほうは使わないでください。',
      };
  }
}

export function Alarms() {
  const { value } = useQuery('chain.list', {}, ['sheets', 'signers']);
  const open = value?.alarms.filter(({ noted }) => noted === null) ?? [];
  return (
    <>
      {open.map((alarm) => (
        <Alarm key={alarm.id} alarm={alarm} />
      ))}
    </>
  );
}

function Alarm({ alarm }: { alarm: AlarmView }) {
  const task = useTask();
  const [person, setPerson] = useState('');
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const { title, advice } = alarmWords(alarm);

  async function note() {
    setTries(tries + 1);
    if (person.trim() !== '')
      await task.run('記録しています', 'alarm.note', { alarm: alarm.id, person: person.trim() });
  }
  return (
    <Notice tone="warning" title={title}>
      <p className="measure">{advice}</p>
      <p className="quiet">確認番号 {shownPrint(alarm)}</p>
      <TaskReport task={task} />
      <Field
        label="確かめた人"
        required
        help="書き込むと、この知らせは下の一覧に移ります。"
        error={tries > 0 && person.trim() === '' ? '確かめた人の名前を入れてください。' : undefined}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="off"
            maxLength={100}
            value={person}
            onChange={(e) => setPerson(e.target.value)}
          />
        )}
      </Field>
      <div className="actions">
        <Button kind="outline" onClick={note}>
          確かめたことを記録する
        </Button>
      </div>
    </Notice>
  );
}

/** 「第2号、第5～7号」 */
export const missingWords = ({ missing }: Pick<ChainView, 'missing'>): string =>
  missing.map(({ from, to }) => (from === to ? `第${from}号` : `第${from}～${to}号`)).join('、');

export function Chains() {
  const { value } = useQuery('chain.list', {}, ['sheets', 'signers']);
  const chains = value?.chains ?? [];
  const noted = value?.alarms.filter((alarm) => alarm.noted !== null) ?? [];
  if (chains.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="chains">
      <h2 id="chains">端末ごとの通し番号</h2>
      <div className="table-box">
        <table className="table">
          <caption className="for-ears">端末ごとの通し番号</caption>
          <thead>
            <tr>
              <th scope="col">送り手</th>
              <th scope="col" className="number">
                届いた
              </th>
              <th scope="col">欠番</th>
              <th scope="col">続き方</th>
              <th scope="col">最後に届いた</th>
            </tr>
          </thead>
          <tbody>
            {chains.map((chain) => (
              <tr key={chain.print}>
                <th scope="row">
                  {nameOf(chain)}
                  <span className="chain-print small-print quiet">{shownPrint(chain)}</span>
                </th>
                <td className="number">
                  {chain.packages}件{chain.held > 0 && <span className="quiet">（取り置き{chain.held}）</span>}
                </td>
                <td>
                  {chain.missingCount === 0 ? (
                    <StateWord icon={CircleCheck} tone="good">
                      なし
                    </StateWord>
                  ) : (
                    <StateWord icon={TriangleAlert} tone="ask">
                      {missingWords(chain)}（{chain.missingCount}件）
                    </StateWord>
                  )}
                </td>
                <td>
                  {chain.forks === 0 ? (
                    '一続き'
                  ) : (
                    <StateWord icon={Copy} tone="clash">
                      分かれている（{chain.forks}か所）
                    </StateWord>
                  )}
                </td>
                <td>{showMoment(chain.lastSeen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {noted.length > 0 && (
        <details>
          <summary>確かめた知らせ（{noted.length}件）</summary>
          <ul className="file-names">
            {noted.map((alarm) => (
              <li key={alarm.id}>
                {alarmWords(alarm).title}
                <span className="quiet">
                  　{alarm.noted?.person}が確かめた　{showMoment(alarm.noted?.at ?? '')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
