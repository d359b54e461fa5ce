import type { SearchState } from '../../../../src/server/contracts/search.ts';

/** Points of a chart; more cannot be told apart on a page. */
export const mostPoints = 5000;
export const mostSeries = 20;

/** Whether rows can be drawn: a time or a name first, then at least one number. */
export function chartable(state: SearchState): boolean {
  const [first, ...rest] = state.columns;
  if (!first || state.isEvents || state.rows === 0 || state.rows > mostPoints) return false;
  return (
    first.type !== 'multivalue' &&
    rest.some((column) => column.type === 'number' && !column.name.startsWith('_'))
  );
}
