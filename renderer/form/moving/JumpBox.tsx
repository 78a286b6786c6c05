// One box that leads to any cell of the open sheet and to any other sheet, by number or by words.
import { useState } from 'react';
import type { Form } from '../../../shared/form/form.ts';
import { fold } from '../../../shared/kernel/fold.ts';
import { useQuery } from '../../host/HostContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PickList } from '../../ui/PickList.tsx';
import { matchesWords } from './findText.ts';

type Props = {
  form: Form;
  /** The open sheet, which needs no way to itself. */
  sheet: string;
  toCell: (address: string) => void;
  toSheet: (sheet: string) => void;
  onClose: () => void;
};

const LIMIT = 60;

export function JumpBox({ form, sheet, toCell, toSheet, onClose }: Props) {
  const { value } = useQuery('sheet.list', {}, []);
  const [text, setText] = useState('');
  const wanted = fold(text).trim();
  const cells = form.cells
    .filter((cell) => matchesWords([cell.label], wanted))
    .map((cell) => ({
      key: `cell:${cell.address}`,
      content: (
        <>
          <span className="pick-kind">欄</span>
          {cell.label}
        </>
      ),
    }));
  const rows = (value?.sheets ?? []).filter((row) => row.id !== sheet);
  const byNumber = rows.filter((row) => wanted !== '' && fold(row.number).startsWith(wanted));
  const byWords = rows.filter(
    (row) => !byNumber.includes(row) && matchesWords([row.number, row.name, ...row.units], wanted),
  );
  const pickOf = (row: (typeof rows)[number]) => ({
    key: `sheet:${row.id}`,
    content: (
      <>
        <span className="pick-kind">シート</span>
        {row.number} {row.name} <span className="quiet">{row.units.join('、')}</span>
      </>
    ),
  });
  const picks = [...byNumber.map(pickOf), ...cells, ...byWords.map(pickOf)].slice(0, LIMIT);

  const take = (key: string) => {
    const [kind, id = ''] = key.split(':');
    onClose();
    if (kind === 'sheet') toSheet(id);
    else toCell(id);
  };
  return (
    <Dialog title="欄やシートへ移る" onClose={onClose}>
      <PickList
        label="番号か言葉"
        help="欄の見出し、シートの番号や名前の一部を打ち、矢印で選んで Enter で移ります。"
        text={text}
        picks={picks}
        empty="当てはまる欄もシートもありません。"
        onText={setText}
        onPick={take}
      />
      <div className="actions">
        <Button kind="text" onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  );
}
