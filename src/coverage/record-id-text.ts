import type { RecordIds, RecordIdVerdict } from './ledger.ts';

/** What each verdict means, as part of a sentence. */
export const recordIdNotes: Readonly<Record<RecordIdVerdict, string>> = {
  contiguous: 'record ids have no gap',
  gaps: 'record ids have gaps',
  none: 'events have no record ids',
  partly: 'some events have no record id',
  forwarded: 'the ids are those of a log of forwarded events',
  filtered: 'a shipper filtered, or events were picked out',
  restarted: 'record ids began again, or machines share a name',
  'too-few': 'too few events',
};

/** The verdict with the figures that it rests on. */
export function recordIdReasoning({ verdict, figures }: RecordIds): string {
  const { withId, events, ids, gaps, missing, firstId, lastId, backward, repeated } = figures;
  const number = (count: number | bigint) => count.toLocaleString('en-US');
  const twice = repeated > 0 ? `; ${number(repeated)} ids came twice, the same events in another form` : '';
  const span = `${number(ids)} ids from ${firstId} to ${lastId}`;
  // One id has no neighbour that could be missing.
  if (verdict === 'contiguous' && firstId === lastId) return `one id only, ${firstId}${twice}`;
  switch (verdict) {
    case 'contiguous':
      return `contiguous: ${span}${twice}`;
    case 'gaps':
      return `${gaps === 1 ? '1 gap' : `${number(gaps)} gaps`}, ${number(missing)} ids missing, otherwise contiguous: ${span}${twice}`;
    case 'none':
      return 'cannot be judged: no event has a record id';
    case 'partly':
      return `cannot be judged: only ${number(withId)} of ${number(events)} events have a record id`;
    case 'forwarded':
      return "cannot be judged: forwarded events, whose ids are a collector's or a part of their log's";
    case 'filtered':
      return `cannot be judged: ids are missing in ${number(gaps)} places among ${number(ids)} ids (${number(figures.smallGaps)} of them small), as when a shipper filters or events are picked out`;
    case 'restarted':
      return `cannot be judged: ids and times disagree in ${number(backward)} places, as when a log is made anew or machines share a name`;
    case 'too-few':
      return `cannot be judged: ${number(gaps)} ${gaps === 1 ? 'gap' : 'gaps'} among only ${number(ids)} ids`;
  }
}
