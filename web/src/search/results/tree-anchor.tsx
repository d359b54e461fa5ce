import { defaultStringifySearch, useNavigate } from '@tanstack/react-router';
import { ListTree } from 'lucide-react';
import type { TreeLink } from '../../tree/tree-link.ts';

interface Props {
  readonly process: TreeLink;
  readonly label: string;
}

/** A link to a process in its tree, for each of many rows: the router's own link costs more than the row it stands in. */
export function TreeAnchor({ process, label }: Props) {
  const navigate = useNavigate();
  return (
    <a
      href={`/tree${defaultStringifySearch(process)}`}
      className="rowtree"
      tabIndex={-1}
      title={label}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        void navigate({ to: '/tree', search: process });
      }}
    >
      <ListTree size={13} aria-hidden />
    </a>
  );
}
