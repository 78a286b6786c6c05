// The browser host's own way to choose among the workspaces it knows: a small dialog outside of any screen.
import { createRoot } from 'react-dom/client';
import type { ChosenFile } from '../../shared/contract/host.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** The chosen file, or undefined when the person changes their mind. */
export function pickOne(files: readonly ChosenFile[]): Promise<ChosenFile | undefined> {
  return new Promise((resolve) => {
    const place = document.createElement('div');
    document.body.append(place);
    const root = createRoot(place);
    const end = (file?: ChosenFile) => {
      root.unmount();
      place.remove();
      resolve(file);
    };
    root.render(<PickDialog files={files} onPick={end} onClose={() => end()} />);
  });
}

type Props = { files: readonly ChosenFile[]; onPick: (file: ChosenFile) => void; onClose: () => void };

function PickDialog({ files, onPick, onClose }: Props) {
  return (
    <Dialog title="どのファイルを開きますか" onClose={onClose}>
      {files.length === 0 && <p>このパソコンには、まだ評価のファイルがありません。</p>}
      <ul className="choices">
        {files.map((file) => (
          <li key={file.file}>
            <Button kind="outline" onClick={() => onPick(file)}>
              {file.name}
            </Button>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button kind="text" onClick={onClose}>
          開かずに戻る
        </Button>
      </div>
    </Dialog>
  );
}
