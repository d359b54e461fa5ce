import { useSearch } from '@tanstack/react-router';
import { CaseBook } from './case-book.tsx';
import { CaseList } from './case-list.tsx';
import '../process/process.css';
import '../tree/tree.css';
import './cases.css';

/** Notes that are pinned to evidence, gathered by investigation. */
export function CasesPage() {
  const link = useSearch({ from: '/cases' });
  return link.case === undefined ? (
    <CaseList />
  ) : (
    <CaseBook key={link.case} id={link.case} item={link.item} tag={link.tag} />
  );
}
