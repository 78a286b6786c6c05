// One page of the manual, drawn from Markdown. Text that looks like markup stays text: raw HTML is never parsed, links
// and pictures from elsewhere are not drawn. The page's own title is the second level of heading on its screen.
import Markdown, { type MarkdownToJSX } from 'markdown-to-jsx/react';
import type { ReactNode } from 'react';

const options: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  disableAutoLink: true,
  forceBlock: true,
  slugify: () => '',
  overrides: {
    h1: Section,
    h2: Section,
    h3: { component: 'h4' },
    a: ({ children }: { children: ReactNode }) => <span>{children}</span>,
    img: () => null,
    table: ({ children }: { children: ReactNode }) => (
      <div className="table-box">
        <table className="table">{children}</table>
      </div>
    ),
  },
};

function Section({ children }: { children: ReactNode }) {
  return <h3>{children}</h3>;
}

export function Manual({ body }: { body: string }) {
  return (
    <div className="manual measure">
      <Markdown options={options}>{body}</Markdown>
    </div>
  );
}
