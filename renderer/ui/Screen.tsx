// A screen's outer frame: its heading takes the focus when the screen appears, and names the window.
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './Button.tsx';

type Props = {
  title: string;
  /** narrow: for deciding; wide: for lists and sheets. */
  width?: 'narrow' | 'wide';
  back?: { label: string; go: () => void } | undefined;
  aside?: ReactNode;
  children: ReactNode;
};

export function Screen({ title, width = 'narrow', back, aside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title}｜評価`;
  }, [title]);
  return (
    <main className={`screen ${width}`}>
      {back && (
        <div className="back no-print">
          <Button kind="text" size="toolbar" icon={ArrowLeft} onClick={back.go}>
            {back.label}
          </Button>
        </div>
      )}
      <div className="screen-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </main>
  );
}
