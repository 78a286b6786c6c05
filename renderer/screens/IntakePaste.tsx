// What was copied in a spreadsheet or a word processor, taken from the clipboard with its table where it has one.
import { ClipboardPaste } from 'lucide-react';
import { type ClipboardEvent, useId, useState } from 'react';
import { Notice } from '../ui/Notice.tsx';

export type Pasted = { html: string; text: string };

/** Above this a page is mostly its styles; the plain text says the same. */
const HTML_LIMIT = 400_000;
const TEXT_LIMIT = 400_000;

export function PasteBox({ onPaste }: { onPaste: (pasted: Pasted) => void }) {
  const id = useId();
  const [fault, setFault] = useState<string>();

  function paste(event: ClipboardEvent) {
    event.preventDefault();
    const html = event.clipboardData.getData('text/html');
    const text = event.clipboardData.getData('text/plain');
    if (html.trim() === '' && text.trim() === '')
      setFault('文字が入っていません。表計算やワープロで範囲を選んで写してから、貼り付けてください。');
    else if (text.length > TEXT_LIMIT)
      setFault('貼り付けるには長すぎます。ブックのまま保存して、ファイルとして選んでください。');
    else {
      setFault(undefined);
      onPaste({ html: html.length > HTML_LIMIT ? '' : html, text });
    }
  }

  return (
    <section className="stack-close measure" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="with-icon">
        <ClipboardPaste size={20} aria-hidden="true" />
        写した範囲を貼り付ける
      </h2>
      <label htmlFor={id}>表計算やワープロでシート全体を選んで写し、この枠の中で貼り付けます（Ctrl+V）。</label>
      <textarea id={id} className="input lines-3 paste-box" value="" onChange={() => undefined} onPaste={paste} />
      {fault !== undefined && <Notice tone="error" title={fault} spoken />}
    </section>
  );
}
