import type { Cell } from '../store/store.ts';
import { NO_PID } from './observation.ts';

/** What sensors write for "nothing", in lower case. */
export const unmeantTexts: readonly string[] = ['-', 'n/a', '<unknown process>'];

const unmeant = new Set(unmeantTexts);
const LONGEST_UNMEANT = Math.max(...unmeantTexts.map(({ length }) => length));

export function textOf(cell: Cell | undefined): string | undefined {
  return typeof cell === 'string' ? cell : undefined;
}

/** As UTF-8. A letter becomes one of at least a third of its bytes in lower case. */
export const mostUnmeantBytes = 3 * LONGEST_UNMEANT;

/** Whether a text is a word for "nothing". */
export function isUnmeant(text: string): boolean {
  return text.length <= LONGEST_UNMEANT && unmeant.has(text.toLowerCase());
}

/** What an event says, without the words that sensors write for "nothing". */
export function said(cell: Cell | undefined): string | undefined {
  const found = textOf(cell);
  return found === undefined || isUnmeant(found) ? undefined : found;
}

export function processIdOf(cell: Cell | undefined): number | undefined {
  const number = typeof cell === 'number' ? cell : NO_PID;
  return number > 0 && Number.isSafeInteger(number) ? number : undefined;
}
