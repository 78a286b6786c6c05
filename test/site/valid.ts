// Whether pages are valid HTML: content models, references, names of landmarks and controls, by html-validate.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
    // The site's own files lie beside its pages, which are opened from folders too.
    rules: { 'require-sri': 'off' },
  }),
);

/** Faults of a page, each with its place. */
export async function faultsOf(html: string, name: string): Promise<string[]> {
  const { results } = await validator.validateString(html, name);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, selector }) => `${name}:${line} ${ruleId}: ${message} (${selector ?? ''})`),
  );
}
