// The manual: all its pages below one another, contents at the left, fit for printing.
import { Printer } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { Button, Link } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go, Place } from './place.ts';

/** Reading Markdown is needed here alone: it is fetched when the manual is opened. */
const Manual = lazy(async () => ({ default: (await import('./Manual.tsx')).Manual }));

function goToPage(id: string): void {
  const title = document.getElementById(`manual-${id}`);
  title?.scrollIntoView({ block: 'start' });
  title?.focus({ preventScroll: true });
}

export function Help({ from, go }: { from: Place; go: Go }) {
  const host = useHost();
  const { value, problem } = useQuery('help.show', {}, []);
  const pages = value?.pages ?? [];
  return (
    <Screen
      title="使い方"
      width="wide"
      back={{ label: 'もとの画面へ', go: () => go(from) }}
      aside={
        <div className="toolbar">
          <Button kind="outline" size="toolbar" icon={Printer} onClick={() => void host.print()}>
            印刷する
          </Button>
        </div>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {pages.length > 0 && (
        <div className="sheet-layout">
          <nav className="section-nav no-print" aria-label="使い方の目次">
            <ol>
              {pages.map((page) => (
                <li key={page.id}>
                  <Link onClick={() => goToPage(page.id)}>{page.title}</Link>
                </li>
              ))}
            </ol>
          </nav>
          <Suspense>
            <div className="stack-wide">
              {pages.map((page) => (
                <section key={page.id} className="manual-page" aria-labelledby={`manual-${page.id}`}>
                  <h2 id={`manual-${page.id}`} tabIndex={-1}>
                    {page.title}
                  </h2>
                  <Manual body={page.body} />
                </section>
              ))}
            </div>
          </Suspense>
        </div>
      )}
    </Screen>
  );
}
