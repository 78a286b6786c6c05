// The buttons of an open sheet: what is done with it as a whole, and the tools that the keys reach too.
import {
  ArchiveRestore,
  ArrowDownToLine,
  Check,
  CircleHelp,
  FileInput,
  FileText,
  Printer,
  Redo2,
  Replace,
  Route,
  Search,
  Undo2,
} from 'lucide-react';
import type { SheetView } from '../../shared/contract/views.ts';
import type { Form, Role } from '../../shared/form/form.ts';
import type { Entry } from '../form/entry.ts';
import { keyOf } from '../form/moving/shortcuts.ts';
import type { Moving } from '../form/moving/useMoving.ts';
import type { TakeStep } from '../form/moving/useSteps.ts';
import { useCompleteness } from '../form/SectionNav.tsx';
import { Button } from '../ui/Button.tsx';
import { Meter } from '../ui/Progress.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import type { Box } from './OpenSheet.tsx';
import { sheetStateWord } from './words.ts';

type ActionProps = {
  state: SheetView['state'];
  role: Role;
  entry: Entry;
  form: Form;
  /** The office alone makes its typing a revision by hand. */
  commit: (() => void) | undefined;
  print: () => void;
  /** How it prints, where that is not the usual way. */
  printAs: string;
  intake: () => void;
};

export function SheetActions({ state, role, entry, form, commit, print, printAs, intake }: ActionProps) {
  const { word, icon, tone } = sheetStateWord(state, role);
  const done = useCompleteness(form, entry, 'department');
  return (
    <div className="toolbar">
      <StateWord icon={icon} tone={tone}>
        {word}
      </StateWord>
      <span className="sheet-done">
        必須の入力 <Meter done={done.filled} total={done.required} label="必須の入力" />
      </span>
      <Button kind="outline" size="toolbar" icon={Printer} onClick={print}>
        印刷{printAs !== '' && `（${printAs}）`}
      </Button>
      <Button kind="outline" size="toolbar" icon={FileInput} onClick={intake}>
        記入済みシートを読み込む
      </Button>
      {commit && (
        <Button kind="primary" size="toolbar" icon={Check} onClick={commit}>
          入力を確定する
        </Button>
      )}
    </div>
  );
}

type ToolProps = {
  view: SheetView;
  moving: Moving;
  step: TakeStep;
  open: (box: Box) => void;
  /** Leads to what lost on this sheet. */
  losses: () => void;
  /** Opens and closes the pages as they will print. */
  paper: () => void;
};

export function SheetTools({ view, moving, step, open, losses, paper }: ToolProps) {
  return (
    <div className="tools no-print" role="toolbar" aria-label="シートの道具">
      <Button
        kind="text"
        size="toolbar"
        icon={ArrowDownToLine}
        hint={keyOf('next-empty')}
        onClick={() => moving.empty(1)}
      >
        次の未入力
      </Button>
      <Button kind="text" size="toolbar" icon={CircleHelp} hint={keyOf('next-matter')} onClick={() => moving.matter(1)}>
        次の要確認
      </Button>
      <Button kind="text" size="toolbar" icon={Route} hint={keyOf('jump')} onClick={() => open('jump')}>
        移る
      </Button>
      <Button kind="text" size="toolbar" icon={Search} hint={keyOf('find')} onClick={() => open('find')}>
        探す
      </Button>
      <Button kind="text" size="toolbar" icon={Replace} hint={keyOf('replace')} onClick={() => open('replace')}>
        置き換える
      </Button>
      <Button
        kind="text"
        size="toolbar"
        icon={Undo2}
        hint={keyOf('undo')}
        unused={!view.canUndo}
        onClick={() => void step('undo')}
      >
        元に戻す
      </Button>
      <Button
        kind="text"
        size="toolbar"
        icon={Redo2}
        hint={keyOf('redo')}
        unused={!view.canRedo}
        onClick={() => void step('redo')}
      >
        やり直す
      </Button>
      <Button kind="text" size="toolbar" icon={FileText} hint={keyOf('paper')} onClick={paper}>
        印刷の見本
      </Button>
      <Button kind="text" size="toolbar" icon={ArchiveRestore} onClick={losses}>
        採られなかった値
      </Button>
    </div>
  );
}
