import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

interface Props extends Omit<ComponentProps<'input'>, 'aria-label' | 'spellCheck' | 'autoComplete'> {
  /** What is looked for, and in what. */
  readonly label: string;
  /** What stands behind the text: counts and buttons. */
  readonly children?: ReactNode;
}

/** A field in which a text is looked for. */
export function FindField({ label, children, ...input }: Props) {
  return (
    <label className="find">
      <Search className="i" size={14} aria-hidden />
      <input placeholder={label} {...input} aria-label={label} spellCheck={false} autoComplete="off" />
      {children}
    </label>
  );
}
