// Says what has newly to be asked: in a table the question floats beside its cell, and whoever has gone on would miss it.
import { useEffect } from 'react';
import type { Form } from '../../shared/form/form.ts';
import { useSay } from '../ui/Announcer.tsx';
import type { Entry } from './entry.ts';
import { isOpen } from './QuestionBox.tsx';

/** Open questions by what tells them apart, in the form's order. */
const openQuestions = (form: Form, entry: Entry): Map<string, string> =>
  new Map(
    form.cells.flatMap(({ address, label }) =>
      entry
        .mark(address)
        .questions.filter(isOpen)
        .map(({ reason }): [string, string] => [`${address}\n${reason}`, `要確認：${label}。${reason}`]),
    ),
  );

export function useSpokenQuestions(form: Form, entry: Entry): void {
  const say = useSay();
  useEffect(() => {
    let known = openQuestions(form, entry);
    return entry.subscribe(() => {
      const open = openQuestions(form, entry);
      const fresh = [...open].filter(([key]) => !known.has(key)).map(([, words]) => words);
      known = open;
      if (fresh[0] !== undefined) say(`${fresh[0]}${fresh.length > 1 ? ` ほか${fresh.length - 1}件` : ''}`);
    });
  }, [form, entry, say]);
}
