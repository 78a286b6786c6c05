// Buttons. A button that cannot be used now stays reachable and says why, instead of going grey.
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';

type Props = {
  kind: 'primary' | 'outline' | 'text';
  size?: 'large' | 'toolbar';
  icon?: LucideIcon;
  /** Why it cannot be used now. */
  locked?: string | undefined;
  onClick: () => void;
  children: ReactNode;
};

export function Button({ kind, size = 'large', icon: Icon, locked, onClick, children }: Props) {
  const reason = useId();
  return (
    <>
      <button
        type="button"
        className={`button ${kind}${size === 'toolbar' ? ' toolbar-size' : ''}`}
        aria-disabled={locked !== undefined}
        aria-describedby={locked === undefined ? undefined : reason}
        onClick={locked === undefined ? onClick : undefined}
      >
        {Icon && <Icon size={size === 'toolbar' ? 18 : 20} aria-hidden="true" />}
        {children}
      </button>
      {locked !== undefined && (
        <span id={reason} className="quiet">
          {locked}
        </span>
      )}
    </>
  );
}

/** Leads somewhere inside the program; looks like the words it stands among. */
export function Link({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="link" onClick={onClick}>
      {children}
    </button>
  );
}
