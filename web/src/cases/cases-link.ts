import { type RawLink, textIn, withoutGaps } from '../frame/link-values.ts';

/** The state of the page of cases as it stands in the address. */
export interface CasesLink {
  /** The case that is shown; absent: the list. */
  readonly case?: string;
  readonly item?: string;
  readonly tag?: string;
}

export function readCasesLink(raw: RawLink): CasesLink {
  return withoutGaps({ case: textIn(raw, 'case'), item: textIn(raw, 'item'), tag: textIn(raw, 'tag') });
}
