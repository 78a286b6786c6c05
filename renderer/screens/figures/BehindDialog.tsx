// The sheets behind a number of a picture: each leads to the sheet, all of them to the list.
import { ListChecks } from 'lucide-react';
import { Button, Link } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFew } from '../Few.tsx';
import type { Behind } from './look.ts';

type Props = {
  behind: Behind;
  open: (sheet: string, cell: string | undefined) => void;
  choose: (sheets: readonly string[]) => void;
  onClose: () => void;
};

export function BehindDialog({ behind: { title, items }, open, choose, onClose }: Props) {
  const sheets = [...new Set(items.map(({ sheet }) => sheet.id))];
  const { few, more } = useFew(items, '件');
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="behind">
        <ul>
          {few.map(({ sheet, note, cell }) => (
            <li key={`${sheet.id} ${note}`}>
              <Link onClick={() => open(sheet.id, cell)}>{`${sheet.number} ${sheet.name}`}</Link>
              <p className="quiet">{[sheet.units.join('、'), note].filter(Boolean).join('　')}</p>
            </li>
          ))}
        </ul>
        {more}
      </div>
      <div className="actions decision">
        <Button kind="outline" icon={ListChecks} onClick={() => choose(sheets)}>
          {`一覧でこの${sheets.length}枚を選ぶ`}
        </Button>
        <Button kind="text" onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  );
}
