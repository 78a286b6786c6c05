// Buttons. A button that cannot be used now stays reachable and says why, instead of going grey.
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';

type Props = {
  kind: 'primary' | 'outline' | 'text';
  size?: 'large' | 'toolbar';
  icon?: LucideIcon;
  /** Why it cannot be used now. */
  locked?: string | undefined;
  /** There is nothing for it to do now; pressing it says so. */
  unused?: boolean;
  /** The key that does the same. */
  hint?: string | undefined;
  onClick: () => void;
  children: ReactNode;
};

export function Button({ kind, size = 'large', icon: Icon, locked, unused = false, hint, onClick, children }: Props) {
  const reason = useId();
  return (
    <>
      <button
        type="button"
        className={`button ${kind}${size === 'toolbar' ? ' toolbar-size' : ''}`}
        aria-disabled={locked !== undefined || unused}
        aria-keyshortcuts={hint?.replaceAll(' ', '').replace('Ctrl', 'Control')}
        aria-describedby={locked === undefined ? undefined : reason}
        onClick={locked === undefined ? onClick : undefined}
      >
        {Icon && <Icon size={size === 'toolbar' ? 18 : 20} aria-hidden="true" />}
        {children}
        {hint !== undefined && (
          <span className="key" aria-hidden="true">
            {hint}
          </span>
        )}
      </button>
      {locked !== undefined && (
        <span id={reason} className="quiet">
          {locked}
        </span>
      )}
    </>
  );
}

/** Leads somewhere inside the program; looks like the words it stands among. `column`: its place in a row of a list. */
export function Link({ column, onClick, children }: { column?: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="link" data-column={column} onClick={onClick}>
      {children}
    </button>
  );
}
