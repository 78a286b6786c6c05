// The office's board: for each department what was handed in, what was decided, and whether what went out has arrived.
import { Circle, PackageCheck, TriangleAlert } from 'lucide-react';
import type { DepartmentRow } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { showMoment } from '../ui/clock.ts';
import { Meter } from '../ui/Progress.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { missingWords } from './Chains.tsx';
import { keptOutcome, packageKind } from './words.ts';

export function Board({ rows }: { rows: readonly DepartmentRow[] }) {
  const { value } = useQuery('chain.list', {}, ['sheets', 'signers']);
  const faultsOf = (unit: string) => {
    const own = (value?.chains ?? []).filter((chain) => chain.unit === unit);
    const missing = own.flatMap((chain) => (chain.missingCount > 0 ? `欠番 ${missingWords(chain)}` : []));
    return [...missing, ...(own.some(({ forks }) => forks > 0) ? ['続きが分かれている'] : [])];
  };
  return (
    <section className="stack" aria-labelledby="departments">
      <h2 id="departments">課ごとの提出</h2>
      {/* A region that scrolls must be reachable by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows scroll it */}
      <section className="table-box" aria-label="課ごとの提出の表" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">課</th>
              <th scope="col">提出済み</th>
              <th scope="col" className="number">
                差戻し
              </th>
              <th scope="col" className="number">
                受理
              </th>
              <th scope="col">最後に受け取ったパッケージ</th>
              <th scope="col">結果</th>
              <th scope="col">通し番号</th>
              <th scope="col">最後に渡したもの</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.unit}>
                <th scope="row">{row.unit}</th>
                <td>
                  <Meter done={row.submitted} total={row.sheets} label={`${row.unit} 提出済み`} />
                </td>
                <td className="number">{row.returned > 0 ? `${row.returned}枚` : ''}</td>
                <td className="number">{row.accepted > 0 ? `${row.accepted}枚` : ''}</td>
                <td>
                  {row.lastPackage
                    ? `第${row.lastPackage.sequence}号　${showMoment(row.lastPackage.receivedAt)}`
                    : 'まだ届いていません'}
                </td>
                <td>{row.lastPackage ? keptOutcome(row.lastPackage.outcome) : ''}</td>
                <td>
                  {faultsOf(row.unit).map((words) => (
                    <StateWord key={words} icon={TriangleAlert} tone="ask">
                      {words}
                    </StateWord>
                  ))}
                </td>
                <td>{row.lastSent ? <LastSent sent={row.lastSent} /> : 'まだ渡していません'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function LastSent({ sent }: { sent: NonNullable<DepartmentRow['lastSent']> }) {
  return (
    <span className="last-sent">
      <span>
        {packageKind(sent.kind).word} 第{sent.sequence}号
      </span>
      <StateWord icon={sent.taken ? PackageCheck : Circle} tone={sent.taken ? 'good' : 'quiet'}>
        {sent.taken ? '受け取り済み' : '未着'}
      </StateWord>
    </span>
  );
}
