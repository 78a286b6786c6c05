// How much is written in a text: characters, lines as they will print, and in words what will not fit on paper.
// It follows the form's book of values, and so speaks when the typing pauses: laying a text out may take longer than a
// key may, and a second drawing of the page for every key would cost more than the key itself.
import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { charactersIn, layText } from '../../shared/form/box.ts';
import type { TextCell } from '../../shared/form/cell.ts';
import { clusters } from '../../shared/kernel/fold.ts';
import type { Inputs } from './display.ts';

/** More of what does not fit says no more. */
const MOST_SHOWN = 200;

export function Counter({ cell }: { cell: TextCell }) {
  return cell.max === undefined && cell.box === undefined ? null : <Count cell={cell} />;
}

function useBookedText(address: string): string {
  const { getValues, subscribe } = useFormContext<Inputs>();
  const [text, setText] = useState(() => String(getValues(address) ?? ''));
  useEffect(() => {
    const read = () => setText(String(getValues(address) ?? ''));
    return subscribe({ name: address, formState: { values: true }, callback: read });
  }, [address, getValues, subscribe]);
  return text;
}

function Count({ cell }: { cell: TextCell }) {
  const text = useBookedText(cell.address);
  const { max, box } = cell;
  const laid = useMemo(() => (box ? layText(text, box) : undefined), [text, box]);
  const characters = laid?.characters ?? charactersIn(text);
  const tooMany = max === undefined ? 0 : Math.max(0, characters - max);
  const rest = laid?.overflowAt == null ? '' : text.slice(laid.overflowAt);
  const shown = rest.length > MOST_SHOWN ? `${clusters(rest).slice(0, MOST_SHOWN).join('')}…` : rest;
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
            <mark className="kept-lines">{shown}</mark>
          </span>
        </p>
      )}
      <span role="status" className="for-ears">
        {(rest !== '' || tooMany > 0) && '印刷の枠を超えました。'}
      </span>
    </>
  );
}
