// The texts of a conflict: what differs from before, marked by sign and word, and how its sides are called.
import { diffWordsWithSpace } from 'diff';
import type { ConflictView } from '../../shared/contract/views.ts';
import { showMoment } from '../ui/clock.ts';

/** Two sides may come from the same office: then the moment tells them apart. */
export function nameOfSide({ sides }: ConflictView, side: ConflictView['sides'][number]): string {
  const isAlone = sides.filter(({ unit }) => unit === side.unit).length === 1;
  return isAlone ? side.unit : `${side.unit}（${showMoment(side.at)}）`;
}

// Japanese has no blanks between words: the browser knows where they part.
const words = new Intl.Segmenter('ja', { granularity: 'word' });

type Props = { before: string; after: string; isText: boolean };

export function Differences({ before, after, isText }: Props) {
  if (after === '') return <p className="quiet">（空欄）</p>;
  if (!isText || before === '') return <p className="kept-lines">{after}</p>;
  const parts = diffWordsWithSpace(before, after, { intlSegmenter: words });
  return (
    <p className="kept-lines">
      {parts.map((part, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text, which may repeat
        if (part.added) return <ins key={index}>{part.value}</ins>;
        if (!part.removed) return part.value;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text, which may repeat
          <del key={index}>{part.value}</del>
        );
      })}
    </p>
  );
}
