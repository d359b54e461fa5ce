import { isExportByproduct } from '../formats/export-folder.ts';

/**
 * Whether a source is the truth that a demonstration case was generated with: the answers are no evidence, and are left
 * alone. `head` is the source's first bytes.
 */
function isTruthFile(origin: string, head: Uint8Array): boolean {
  if (!/(?:^|[/\\!])truth\.json$/.test(origin)) return false;
  return /^\s*\{\s*"keizu"\s*:/.test(Buffer.from(head.subarray(0, 64)).toString('latin1'));
}

/** Whether a source is left alone: it tells of events that stand elsewhere. */
export function isLeftAlone(origin: string, head: Uint8Array): boolean {
  return isTruthFile(origin, head) || isExportByproduct(head);
}
