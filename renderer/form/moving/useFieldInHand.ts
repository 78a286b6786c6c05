// The cell that the person has in hand: the one in which the cursor last stood, also while they are in the panel.
import { useEffect, useState } from 'react';
import type { Form } from '../../../shared/form/form.ts';
import { addressOf } from './goTo.ts';

export function useFieldInHand(form: Form): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const onFocus = (event: FocusEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (!target?.closest('.sheet-form')) return;
      const found = addressOf(form, target);
      if (found !== undefined) setAddress(found);
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [form]);
  return address;
}
