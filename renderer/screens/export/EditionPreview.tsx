// What the public edition hides of the sheets in hand, to look through before anything goes out.
import type { EditionPreview as Preview } from '../../../shared/contract/publicationmethods.ts';
import { useLook } from '../../host/useLook.ts';
import { Link } from '../../ui/Button.tsx';
import { Notice, ProblemNotice } from '../../ui/Notice.tsx';
import { RunningTask } from '../../ui/Progress.tsx';
import { useFew } from '../Few.tsx';
import type { Go } from '../place.ts';

type Props = { sheets: readonly string[] | undefined; snapshot?: number | undefined; go: Go };

export function EditionPreview({ sheets, snapshot, go }: Props) {
  const { value, problem, running, progress, cancel } = useLook('edition.preview', {
    ...(sheets ? { sheets: [...sheets] } : {}),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  return (
    <section className="stack-close" aria-labelledby="hidden-title">
      <h2 id="hidden-title">公表用で隠す欄</h2>
      <RunningTask running={running} name="隠す欄を調べています" progress={progress} onCancel={cancel} />
      {problem && <ProblemNotice problem={problem} />}
      {value && <Hidden preview={value} go={go} />}
    </section>
  );
}

function Hidden({ preview: { labels, sheets }, go }: { preview: Preview; go: Go }) {
  const { few, more } = useFew(sheets, '枚', sheets);
  if (sheets.length === 0) {
    return <p>記入のある欄で、隠すものはありません。</p>;
  }
  return (
    <>
      <Notice tone="info" title={`${sheets.length}枚のシートで、${labels.length}種類の欄を隠します。`}>
        <ul className="plain-list">
          {labels.map(({ label, sheets: count }) => (
            <li key={label}>
              {label}（{count}枚）
            </li>
          ))}
        </ul>
      </Notice>
      <details>
        <summary>シートごとに見る</summary>
        <div className="table-box scrolls-down">
          <table className="table hidden-cells">
            <caption className="for-ears">シートごとの、公表用で隠す欄</caption>
            <thead>
              <tr>
                <th scope="col">シート</th>
                <th scope="col">欄</th>
                <th scope="col">隠す内容</th>
              </tr>
            </thead>
            {few.map(({ id, number, name, hidden }) => (
              <tbody key={id}>
                {hidden.map(({ label, text }, at) => (
                  <tr key={label}>
                    {at === 0 && (
                      <th scope="rowgroup" rowSpan={hidden.length}>
                        <Link onClick={() => go({ at: 'sheet', sheet: id })}>{`${number} ${name}`}</Link>
                      </th>
                    )}
                    <td>{label}</td>
                    <td className="kept-lines">{text}</td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
          {more}
        </div>
      </details>
    </>
  );
}
