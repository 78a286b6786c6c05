// One part of the side panel with its heading, and the way a text of an older time stands in it.
import type { ReactNode } from 'react';

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

export function OldText({ text }: { text: string }) {
  return text === '' ? <p className="quiet">（空欄）</p> : <p className="old-text kept-lines">{text}</p>;
}
