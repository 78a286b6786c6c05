// A native modal dialog: the browser keeps the focus inside, closes on Escape, and gives the focus back.
import { type ReactNode, useEffect, useId, useRef } from 'react';

type Props = { title: string; width?: 'normal' | 'wide'; onClose: () => void; children: ReactNode };

export function Dialog({ title, width = 'normal', onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={width === 'wide' ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      <div className="stack">{children}</div>
    </dialog>
  );
}
