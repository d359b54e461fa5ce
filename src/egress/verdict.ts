import type { VerdictReason } from './verdict-reason.ts';

/**
 * What a record of a proxy, a firewall or a watcher of the network proves of a connection. The codes are those of the table
 * of verdicts: N name looked up only, T tried, P blocked by policy, A authentication asked, F upstream failed, O tunnel opened without bytes, S bytes
 * out only, B bytes both ways, C content delivered, U unknown.
 */
export type VerdictCode = 'N' | 'T' | 'P' | 'A' | 'F' | 'O' | 'S' | 'B' | 'C' | 'U';

export const verdictNames: Readonly<Record<VerdictCode, string>> = {
  N: 'name looked up only',
  T: 'tried',
  P: 'blocked by policy',
  A: 'authentication asked',
  F: 'upstream failed',
  O: 'tunnel opened without bytes',
  S: 'bytes out only',
  B: 'bytes both ways',
  C: 'content delivered',
  U: 'unknown',
};

/** From what proves most of a traffic with the destination to what proves least; `strongest` takes the first. */
export const verdictCodes: readonly VerdictCode[] = ['C', 'B', 'S', 'O', 'U', 'F', 'A', 'P', 'T', 'N'];

/** Whether a thing is proven, proven not to be, or neither. */
export type Bit = 'yes' | 'no' | 'unknown';

/**
 * `cache`: answered from a cache, the destination was not asked by this request (or only whether the copy still holds).
 * `inferred`: rests on what is usual, not on a counter. `peer`: the next hop was another proxy, so that what is proven is
 * proven of that. `in-only`: bytes came back, and none is known to have gone out.
 */
export type VerdictFlag = 'cache' | 'inferred' | 'peer' | 'in-only';

export interface Verdict {
  readonly code: VerdictCode;
  /** A connection to the destination (or the next proxy) was made. */
  readonly reached: Bit;
  /** Bytes of the client went to it; bytes of it came back. */
  readonly out: Bit;
  readonly back: Bit;
  /** The client was handed the whole answer. */
  readonly complete: Bit;
  readonly flags: readonly VerdictFlag[];
  /** What the verdict rests on; of an unknown one, what would decide it. Part of a sentence. */
  readonly reason: VerdictReason;
}

type Bits = Pick<Verdict, 'reached' | 'out' | 'back' | 'complete'>;

const bitsOf: Readonly<Record<VerdictCode, Bits>> = {
  N: { reached: 'unknown', out: 'unknown', back: 'unknown', complete: 'unknown' },
  T: { reached: 'unknown', out: 'unknown', back: 'unknown', complete: 'unknown' },
  P: { reached: 'no', out: 'no', back: 'no', complete: 'no' },
  A: { reached: 'no', out: 'no', back: 'no', complete: 'no' },
  F: { reached: 'no', out: 'no', back: 'no', complete: 'no' },
  O: { reached: 'yes', out: 'unknown', back: 'no', complete: 'no' },
  S: { reached: 'yes', out: 'yes', back: 'no', complete: 'no' },
  B: { reached: 'yes', out: 'yes', back: 'yes', complete: 'unknown' },
  C: { reached: 'yes', out: 'yes', back: 'yes', complete: 'unknown' },
  U: { reached: 'unknown', out: 'unknown', back: 'unknown', complete: 'unknown' },
};

/**
 * A verdict with the bits that its code has of itself, but for those that are given. Behind another proxy, what was reached is
 * that proxy, and it was at least asked: whether the destination was, is unknown.
 */
export function verdict(
  code: VerdictCode,
  reason: VerdictReason,
  more: Partial<Bits> & { readonly flags?: readonly VerdictFlag[] } = {},
): Verdict {
  const { flags = [], ...bits } = more;
  const own = { ...bitsOf[code], ...bits };
  if (flags.includes('peer'))
    return { code, ...own, reached: 'unknown', out: own.out === 'no' ? 'unknown' : own.out, flags, reason };
  return { code, ...own, flags, reason };
}

export function isSameVerdict(one: Verdict, other: Verdict): boolean {
  return (
    one.code === other.code &&
    one.reached === other.reached &&
    one.out === other.out &&
    one.back === other.back &&
    one.complete === other.complete &&
    one.reason === other.reason &&
    one.flags.length === other.flags.length &&
    one.flags.every((flag, at) => flag === other.flags[at])
  );
}

/** The verdict that proves most; of equals the first. Undefined of none. */
export function strongest(verdicts: Iterable<Verdict>): Verdict | undefined {
  let best: Verdict | undefined;
  for (const each of verdicts)
    if (best === undefined || verdictCodes.indexOf(each.code) < verdictCodes.indexOf(best.code)) best = each;
  return best;
}

const bitTexts: readonly (readonly [keyof Bits, yes: string, no: string])[] = [
  ['reached', 'reached', 'not reached'],
  ['out', 'bytes out', 'no bytes out'],
  ['back', 'bytes back', 'no bytes back'],
  ['complete', 'complete', 'not complete'],
];

/** What is proven and what is not, `reached, bytes out; bytes back unknown`. */
export function bitsText(given: Verdict): string {
  const known = bitTexts.flatMap(([bit, yes, no]) =>
    given[bit] === 'yes' ? [yes] : given[bit] === 'no' && bit !== 'complete' ? [no] : [],
  );
  const unknown = bitTexts.flatMap(([bit, yes]) =>
    given[bit] === 'unknown' && bit !== 'complete' ? [yes] : [],
  );
  const flags = given.flags.length === 0 ? '' : ` (${given.flags.join(', ')})`;
  const doubt = unknown.length === 0 ? '' : `${known.length === 0 ? '' : '; '}unknown: ${unknown.join(', ')}`;
  return `${known.join(', ')}${doubt}${flags}`;
}
