import type { HostsOfClient, Milliseconds, NamedVia } from './join-input.ts';

/**
 * How a connection was joined to a process. 1: by the connection's own four values. 2: by a destination that the process named. 3:
 * by host, time, and what speaks for the process besides.
 */
export type Tier = 1 | 2 | 3;

/** What speaks for a process. */
export type ForReason =
  | { readonly kind: 'same-four-values'; readonly apart: Milliseconds }
  | { readonly kind: 'same-connection-before' }
  | { readonly kind: 'named'; readonly via: NamedVia; readonly whole: boolean; readonly before: Milliseconds }
  | { readonly kind: 'connected-then'; readonly apart: Milliseconds }
  | { readonly kind: 'user-agent' }
  | { readonly kind: 'user' }
  | { readonly kind: 'alive-at-every-contact'; readonly contacts: number }
  | { readonly kind: 'first-contact-after-start'; readonly after: Milliseconds };

/** What speaks against it. */
export type AgainstReason = 'user-agent-of-another-program' | 'another-user' | 'others-recorded-not-this';

export interface MatchCandidate {
  readonly process: number;
  readonly score: number;
  readonly for: readonly ForReason[];
  readonly against: readonly AgainstReason[];
}

/**
 * `only`: nothing speaks for any other process. `likeliest`: more speaks for it than for any other. `undecided`: others are as
 * likely. `none`: nothing speaks for any process. Only in tier 1 is that the same as proof.
 */
export type Standing = 'only' | 'likeliest' | 'undecided' | 'none';

export interface Match {
  readonly tier: Tier | undefined;
  readonly standing: Standing;
  /** Likeliest first; those beyond `mostCandidates` are counted. */
  readonly candidates: readonly MatchCandidate[];
  readonly competing: number;
  /** Hosts that may have had the client's address. */
  readonly hosts: readonly string[];
  readonly hostSure: boolean;
}

export const mostCandidates = 5;

/** Some candidates, the likeliest first, and how many there are. */
export interface Contention {
  readonly first: readonly MatchCandidate[];
  readonly count: number;
}

/** Candidates of two hosts that may have had one address. */
export function together(one: Contention, other: Contention): Contention {
  return { first: [...one.first, ...other.first], count: one.count + other.count };
}

/**
 * Candidates as a match; of tier 2 only where the first is one that named the destination. `count`: how many there are, where only the
 * likeliest are given.
 */
export function matchOf(
  tier: Tier,
  given: readonly MatchCandidate[],
  { hosts, sure: hostSure }: HostsOfClient,
  count = given.length,
): Match {
  const candidates = given.toSorted(
    (one, other) => other.score - one.score || ageOf(one) - ageOf(other) || one.process - other.process,
  );
  const [first, second] = candidates;
  const standing: Standing =
    first === undefined
      ? 'none'
      : second === undefined
        ? 'only'
        : first.score > second.score
          ? 'likeliest'
          : 'undecided';
  return {
    tier:
      first === undefined
        ? undefined
        : tier === 2 && !first.for.some(({ kind }) => kind === 'named')
          ? 3
          : tier,
    standing: standing === 'only' && !hostSure ? 'likeliest' : standing,
    candidates: candidates.slice(0, mostCandidates),
    competing: Math.max(0, count - 1),
    hosts,
    hostSure,
  };
}

/** How old a process was at the first contact; of equals the younger stands first. */
function ageOf(candidate: MatchCandidate): number {
  for (const reason of candidate.for) if (reason.kind === 'first-contact-after-start') return reason.after;
  return Number.MAX_SAFE_INTEGER;
}
