// The form of a file or a sheet, fetched once and laid out for its year.
import { useMemo } from 'react';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { useQuery } from '../host/HostContext.tsx';

export function useLaidOutForm(hash: string, year: number): { form: Form | undefined; problem: Problem | undefined } {
  const { value, problem } = useQuery('form.show', { form: hash }, []);
  const form = useMemo(() => value && layOut(readDefinition(value.definition, hash), year), [value, hash, year]);
  return { form, problem };
}
