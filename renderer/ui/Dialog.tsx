// A native modal dialog: the browser keeps the focus inside and closes on Escape. The focus goes back to where it was
// before, which the browser forgets when the dialog is taken away or begins with the cursor in a box.
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';

type Props = { title: string; width?: 'normal' | 'wide'; onClose: () => void; children: ReactNode };

export function Dialog({ title, width = 'normal', onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Whatever has the focus, one reads from the top.
    shown?.scrollTo?.(0, 0);
    return () => {
      // What lies behind an open dialog cannot take the focus.
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [before]);
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
