import { oneOfIn, type RawLink, textIn, wholeNumberIn, withoutGaps } from '../frame/link-values.ts';

export const compareModes = ['naive', 'then'] as const;
export const naiveMethods = ['holder', 'latest', 'first'] as const;

/** The state of the compare page as it stands in the address. */
export interface CompareLink {
  /** The tree of process ids beside Keizu's (default), or then beside now. */
  readonly mode?: (typeof compareModes)[number];
  readonly host?: string;
  readonly match?: string;
  readonly pid?: number;
  readonly at?: string;
  readonly guid?: string;
  readonly id?: string;
  readonly around?: string;
  readonly minutes?: number;
  readonly asof?: string;
  /** How the naive tree is made. */
  readonly method?: (typeof naiveMethods)[number];
  /** Then, and now; absent now: all that has arrived. */
  readonly from?: string;
  readonly to?: string;
  /** The difference that is looked at, from 1. */
  readonly nth?: number;
}

export function readCompareLink(raw: RawLink): CompareLink {
  return withoutGaps({
    mode: oneOfIn(raw, 'mode', compareModes),
    host: textIn(raw, 'host'),
    match: textIn(raw, 'match'),
    pid: wholeNumberIn(raw, 'pid'),
    at: textIn(raw, 'at'),
    guid: textIn(raw, 'guid'),
    id: textIn(raw, 'id'),
    around: textIn(raw, 'around'),
    minutes: wholeNumberIn(raw, 'minutes'),
    asof: textIn(raw, 'asof'),
    method: oneOfIn(raw, 'method', naiveMethods),
    from: textIn(raw, 'from'),
    to: textIn(raw, 'to'),
    nth: wholeNumberIn(raw, 'nth'),
  });
}
