// Finding words in the open sheet, and replacing them: each place is shown as it would become, and can be left out.
// What is replaced is saved in one call, so that it is one step to take back.
import { useId, useState, useSyncExternalStore } from 'react';
import { isComputed } from '../../../shared/form/cell.ts';
import { showValue } from '../../../shared/form/reading.ts';
import { useSay } from '../../ui/Announcer.tsx';
import { Button, Link } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { useSheet } from '../SheetContext.tsx';
import { useDesk } from '../SheetDesk.tsx';
import { excerptAt, type Place, placesOf, replaceAt } from './findText.ts';

type Found = { key: string; address: string; label: string; text: string; place: Place; isLocked: boolean };

/** Typed and not yet saved counts too. */
function useFound(wanted: string): Found[] {
  const { entry, form } = useSheet();
  // What arrives meanwhile must not be written over by what stood before.
  useSyncExternalStore(entry.subscribe, entry.values);
  const { locks } = entry.view();
  return form.cells.flatMap((cell) => {
    const stored = showValue(cell, entry.values());
    const text = cell.type === 'text' ? (entry.pending(cell.address) ?? stored) : stored;
    return placesOf(text, wanted).map((place) => ({
      key: `${cell.address}:${place.start}`,
      address: cell.address,
      label: cell.label,
      text,
      place,
      isLocked: cell.type !== 'text' || isComputed(cell) || locks[cell.address] !== undefined,
    }));
  });
}

type Props = { mode: 'find' | 'replace'; onJump: (address: string, place: Place) => void; onClose: () => void };

export function FindReplace({ mode, onJump, onClose }: Props) {
  const desk = useDesk();
  const say = useSay();
  const id = useId();
  const [wanted, setWanted] = useState('');
  const [by, setBy] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const found = useFound(wanted);
  const isReplacing = mode === 'replace';
  const replaceable = found.filter((one) => !one.isLocked && !left.has(one.key));

  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
  };
  const go = (one: Found | undefined) => {
    if (!one) return;
    onClose();
    onJump(one.address, one.place);
  };
  async function replace() {
    const cells = [...Map.groupBy(replaceable, (one) => one.address)].map(([cell, places]) => ({
      cell,
      raw: replaceAt(
        places[0]?.text ?? '',
        places.map(({ place }) => place),
        by,
      ),
    }));
    onClose();
    if (await desk.put(cells)) say(`${replaceable.length}か所を置き換えました。「元に戻す」で取り消せます。`);
  }

  return (
    <Dialog title={isReplacing ? 'このシートの中を置き換える' : 'このシートの中を探す'} width="wide" onClose={onClose}>
      <form
        className={isReplacing ? 'find-fields' : undefined}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReplacing) go(found[0]);
        }}
      >
        <Field label="探す言葉" help="全角と半角、大文字と小文字は区別しません。">
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="off"
              value={wanted}
              autoFocus
              onChange={(event) => setWanted(event.target.value)}
            />
          )}
        </Field>
        {isReplacing && (
          <Field label="置き換える言葉" help="空のままにすると、探した言葉を消します。">
            {(control) => (
              <input
                {...control}
                className="input"
                autoComplete="off"
                value={by}
                onChange={(event) => setBy(event.target.value)}
              />
            )}
          </Field>
        )}
      </form>
      <p role="status">
        {wanted !== '' &&
          (found.length === 0 ? 'このシートには見つかりません。' : `${found.length}か所に見つかりました。`)}
      </p>
      <ul className="found" id={id}>
        {found.map((one) => (
          <li key={one.key}>
            <Link onClick={() => go(one)}>{one.label}</Link>
            <Excerpt text={one.text} place={one.place} by={isReplacing && !one.isLocked ? by : undefined} />
            {isReplacing &&
              (one.isLocked ? (
                <span className="quiet">この欄は置き換えられません。</span>
              ) : (
                <Choice type="checkbox" checked={!left.has(one.key)} onChange={() => toggle(one.key)}>
                  <span aria-hidden="true">置き換える</span>
                  <span className="for-ears">{`「${one.label}」のここを置き換える`}</span>
                </Choice>
              ))}
          </li>
        ))}
      </ul>
      <div className="actions decision">
        {isReplacing && (
          <Button
            kind="primary"
            onClick={replace}
            locked={replaceable.length === 0 ? '置き換えるところがありません。' : undefined}
          >
            {`${replaceable.length}か所を置き換える`}
          </Button>
        )}
        <Button kind={isReplacing ? 'text' : 'outline'} onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  );
}

function Excerpt({ text, place, by }: { text: string; place: Place; by: string | undefined }) {
  const { before, match, after } = excerptAt(text, place);
  return (
    <p className="excerpt">
      {before}
      {by === undefined ? (
        <mark>{match}</mark>
      ) : (
        <>
          <del>
            <span className="for-ears">消す：</span>
            {match}
          </del>
          {by !== '' && (
            <ins>
              <span className="for-ears">入れる：</span>
              {by}
            </ins>
          )}
        </>
      )}
      {after}
    </p>
  );
}
