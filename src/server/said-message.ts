import type { EvidencePiece } from '../evidence/evidence-phrase.ts';
import { cutAt } from '../views/tree-row.ts';
import type { Said } from './contracts/said.ts';

const longestPart = 4_000;

/** The pieces of a line as they are sent. */
export function saidMessage(pieces: readonly EvidencePiece[]): Said {
  return pieces.map(({ phrase, parts }) => ({
    phrase,
    parts: parts.map((part) => (part === null ? null : cutAt(part, longestPart).text)),
  }));
}
