import { useSearch } from '@tanstack/react-router';
import { HostChooser } from '../tree/host-chooser.tsx';
import { compareSelection } from './compare-queries.ts';
import { NaiveComparison } from './naive-comparison.tsx';
import { ThenComparison } from './then-comparison.tsx';
import '../tree/tree.css';
import './compare.css';

/** A mistaken tree beside the right one, or then beside now. */
export function ComparePage() {
  const link = useSearch({ from: '/compare' });
  if (link.host === undefined) return <HostChooser to="/compare" />;
  return link.mode === 'then' ? (
    <ThenComparison key={JSON.stringify(compareSelection(link))} link={link} />
  ) : (
    <NaiveComparison key={JSON.stringify(compareSelection(link))} link={link} />
  );
}
