// The form of a file or a sheet, laid out for its year. The last one is kept: a list and sheet after sheet have the same,
// and to read a large one takes longer than a person should wait for each sheet.
import { useEffect, useState } from 'react';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { useHost } from '../host/HostContext.tsx';

type LaidOut = { hash: string; year: number; form?: Form | undefined; problem?: Problem };

let last: LaidOut | undefined;

export function useLaidOutForm(hash: string, year: number): { form: Form | undefined; problem: Problem | undefined } {
  const host = useHost();
  const isMine = (one: LaidOut | undefined) => one?.hash === hash && one.year === year;
  // Held by whoever draws it: what others lay out meanwhile takes no form from under an open sheet.
  const [held, setHeld] = useState(() => (isMine(last) ? last : undefined));
  const own = isMine(held) ? held : undefined;
  useEffect(() => {
    if (own) return;
    let current = true;
    void host.call('form.show', { form: hash }).then((reply) => {
      if (!current) return;
      if (!reply.ok) return setHeld({ hash, year, problem: reply.problem });
      last = { hash, year, form: layOut(readDefinition(reply.value.definition, hash), year) };
      setHeld(last);
    });
    return () => {
      current = false;
    };
  }, [host, hash, year, own]);
  return { form: own?.form, problem: own?.problem };
}
