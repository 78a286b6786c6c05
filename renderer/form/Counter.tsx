// How much is written in a text: characters, lines as they will print, and in words what will not fit on paper.
// It follows behind the typing: laying a text out may take longer than a key may.
import { TriangleAlert } from 'lucide-react';
import { memo, useDeferredValue, useMemo } from 'react';
import { useWatch } from 'react-hook-form';
import { layText } from '../../shared/form/box.ts';
import type { TextCell } from '../../shared/form/cell.ts';
import type { Inputs } from './display.ts';

/** More of what does not fit says no more. */
const MOST_SHOWN = 200;

export function Counter({ cell }: { cell: TextCell }) {
  const text = useWatch<Inputs>({ name: cell.address });
  const later = useDeferredValue(String(text ?? ''));
  return cell.max === undefined && cell.box === undefined ? null : <Count cell={cell} text={later} />;
}

const Count = memo(function Count({ cell, text }: { cell: TextCell; text: string }) {
  const { max, box } = cell;
  const laid = useMemo(() => (box ? layText(text, box) : undefined), [text, box]);
  const characters = laid?.characters ?? [...text].length;
  const tooMany = max === undefined ? 0 : Math.max(0, characters - max);
  const rest = laid?.overflowAt == null ? '' : text.slice(laid.overflowAt);
  const words = [
    `${characters}${max === undefined ? '' : ` / ${max}`}字`,
    laid && box && `${laid.used}/${box.lines}行`,
    tooMany > 0 && `${tooMany}字超えています`,
  ];
  return (
    <>
      <p className="counter" data-over={tooMany > 0 || rest !== ''}>
        {words.filter(Boolean).join('・')}
      </p>
      {rest !== '' && laid && box && (
        <p className="overflow">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>
            印刷の枠を{laid.used - box.lines}行超えています。入らないところ：
            <mark className="kept-lines">{rest.length > MOST_SHOWN ? `${rest.slice(0, MOST_SHOWN)}…` : rest}</mark>
          </span>
        </p>
      )}
      <span role="status" className="for-ears">
        {(rest !== '' || tooMany > 0) && '印刷の枠を超えました。'}
      </span>
    </>
  );
});
