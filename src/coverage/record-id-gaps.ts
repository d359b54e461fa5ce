import type { RecordIdFigures, RecordIdGap, RecordIds, RecordIdVerdict } from './ledger.ts';

/** Fewer different ids than these say nothing once any is missing. */
const fewIds = 20;

/** A gap of at most so many ids is small: shippers that filter leave such gaps, losses seldom do. */
export const smallGap = 10;

/** Into how many parts of equally many ids a log is divided, to see whether gaps lie all over it. */
export const logParts = 20;

/** Events with an id, of all; fewer, and those without one may be the missing ones. */
const shareWithId = 0.98;

/** Places of clearly backward time that wrong clocks may cause, absolutely and as a share of the ids. */
const backwardPlaces = 2;
const backwardShare = 0.002;

/**
 * Where more than one step in ten skips ids, a shipper filtered; likewise where small gaps are many: one in five hundred
 * steps, or all over the log.
 */
const skippingShare = 0.1;
const manySmallGaps = 10;
const smallGapShare = 0.002;

/** Whether a channel's record ids tell of losses. The order of the questions is that of how much each excludes. */
export function recordIdVerdict(figures: RecordIdFigures): RecordIdVerdict {
  const { events, withId, ids, gaps, backward, forwarded } = figures;
  if (withId === 0) return 'none';
  if (forwarded > 0) return 'forwarded';
  if (withId < events * shareWithId) return 'partly';
  if (backward > Math.max(backwardPlaces, ids * backwardShare)) return 'restarted';
  if (gaps === 0) return 'contiguous';
  if (ids < fewIds) return 'too-few';
  const scattered =
    figures.smallGaps > ids * smallGapShare || figures.partsWithSmallGaps >= Math.min(logParts, ids) / 2;
  return gaps > (ids - 1) * skippingShare || (figures.smallGaps >= manySmallGaps && scattered)
    ? 'filtered'
    : 'gaps';
}

/** The verdict with its gaps: `listed` are those that were read, of `figures.gaps`. */
export function judgeRecordIds(figures: RecordIdFigures, listed: readonly RecordIdGap[]): RecordIds {
  const verdict = recordIdVerdict(figures);
  if (verdict !== 'gaps') return { verdict, figures, gaps: [], gapsLeftOut: 0 };
  const gaps = [...listed].sort((one, other) =>
    BigInt(one.firstMissing) < BigInt(other.firstMissing) ? -1 : 1,
  );
  return { verdict, figures, gaps, gapsLeftOut: Math.max(0, figures.gaps - gaps.length) };
}

/** No event of a channel has a record id. */
export function noRecordIds(events: number): RecordIds {
  const figures: RecordIdFigures = {
    events,
    withId: 0,
    ids: 0,
    firstId: null,
    lastId: null,
    repeated: 0,
    backward: 0,
    gaps: 0,
    missing: 0n,
    smallGaps: 0,
    partsWithSmallGaps: 0,
    forwarded: 0,
  };
  return judgeRecordIds(figures, []);
}

/** Whether missing ids would have been seen. */
export function isJudged(recordIds: RecordIds): boolean {
  return judged[recordIds.verdict];
}

const judged: Readonly<Record<RecordIdVerdict, boolean>> = {
  contiguous: true,
  gaps: true,
  none: false,
  partly: false,
  forwarded: false,
  filtered: false,
  restarted: false,
  'too-few': false,
};
