import type { ReasonCode } from './process.ts';

type Side = 'for' | 'against' | 'neither';

/** What speaks for a candidate, against it, or only explains. The order gives each reason its bit. */
const sides: Readonly<Record<ReasonCode, Side>> = {
  'guid-named': 'for',
  'guid-unusable': 'neither',
  'only-candidate': 'for',
  'several-candidates': 'neither',
  'image-agrees': 'for',
  'image-differs': 'against',
  'command-line-agrees': 'for',
  'command-line-differs': 'against',
  'alive-at-start': 'for',
  'ended-before': 'against',
  'end-unknown': 'neither',
  'started-after': 'against',
  'same-boot': 'for',
  'other-boot': 'against',
  'sequence-agrees': 'for',
  'sequence-contradicts': 'against',
  'logon-agrees': 'for',
  'logon-differs': 'against',
  'siblings-agree': 'for',
  'siblings-differ': 'against',
  'sensors-agree': 'for',
  'sensors-disagree': 'against',
  'process-id-reused': 'against',
  'loss-at-that-time': 'against',
  'not-seen-created': 'neither',
  'before-the-log': 'neither',
  'in-a-gap': 'neither',
  'not-collected': 'neither',
  'self-parent': 'against',
  'loop-cut': 'against',
  'says-nothing-of-parent': 'neither',
};

const codes = Object.keys(sides) as ReasonCode[];

/** A set of reasons as a number of 32 bits. */
export type ReasonMask = number;

/** The bit of each reason. */
export const reasonBits: Readonly<Record<ReasonCode, ReasonMask>> = bitsOf(codes);

const sideMasks: Readonly<Record<Side, number>> = {
  for: maskOf(codes.filter((code) => sides[code] === 'for')),
  against: maskOf(codes.filter((code) => sides[code] === 'against')),
  neither: maskOf(codes.filter((code) => sides[code] === 'neither')),
};

function bitsOf(all: readonly ReasonCode[]): Readonly<Record<ReasonCode, ReasonMask>> {
  if (all.length > 32) throw new Error('more reasons than bits');
  return Object.fromEntries(all.map((code, at) => [code, 1 << at])) as Record<ReasonCode, ReasonMask>;
}

function maskOf(reasons: readonly ReasonCode[]): ReasonMask {
  return reasons.reduce((mask, code) => mask | reasonBits[code], 0);
}

/** The reasons of a set, in the order of the table. */
export function reasonsOf(mask: ReasonMask): ReasonCode[] {
  return codes.filter((code) => (mask & reasonBits[code]) !== 0);
}

/** The part of a set that speaks for a candidate, or against it. */
export function sideOf(mask: ReasonMask, side: 'for' | 'against'): ReasonMask {
  return mask & sideMasks[side];
}
