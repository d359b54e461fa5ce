import type { Grade, ReasonCode } from '../lineage/process.ts';

/** Why an event is taken for a process's, or what is doubtful about it. Words shared with edges mean the same as there. */
export type MatchReasonCode =
  | Extract<ReasonCode, 'guid-named' | 'image-agrees' | 'image-differs' | 'end-unknown' | 'process-id-reused'>
  | 'start-key-named'
  | 'other-guid-named'
  | 'process-id-agrees'
  | 'process-id-differs'
  | 'alive-at-that-time'
  | 'near-its-bounds'
  | 'start-unknown'
  | 'time-before-start'
  | 'time-after-end'
  | 'names-no-process'
  | 'user-agrees';

/** How a reason is said to people. */
export const matchReasonTexts: Readonly<Record<MatchReasonCode, string>> = {
  'guid-named': 'the event names its GUID',
  'start-key-named': "the event names its process start key, which is the GUID's last part",
  'other-guid-named': 'the event names the GUID of an earlier process that had the same process id',
  'process-id-agrees': 'the event names its process id',
  'process-id-reused': 'at that time another process had its process id, whose event it may be',
  'process-id-differs': 'the event names another process id beside its GUID',
  'image-agrees': 'the event names the same program',
  'image-differs': 'the event names another program',
  'alive-at-that-time': 'it was running at that time',
  'near-its-bounds': 'the event lies just outside its lifetime, within the tolerance of clocks',
  'start-unknown': 'when it started is not known',
  'end-unknown': 'when it ended is not known',
  'time-before-start': 'the time of the event lies before its start, so the time is doubtful',
  'time-after-end':
    'the time of the event lies after its end, so it was written late or the time is doubtful',
  'names-no-process': 'the event names no process',
  'user-agrees': 'the event names the same user',
};

/** What is known of an event and the process that it is matched with. */
export interface MatchFacts {
  readonly by: 'guid' | 'process-id' | 'user';
  readonly image: 'agrees' | 'differs' | 'unsaid';
  readonly processId: 'agrees' | 'differs' | 'unsaid';
  /** What else names a process: the start key of newer Security events (one that differs is no match), another GUID. */
  readonly named: 'start-key' | 'other-guid' | 'unsaid';
  /**
   * `near` is outside the lifetime but within the tolerance; `reused` after its end, when another process had its id. Where
   * the start is unknown, `before` is before first sight.
   */
  readonly time: 'before' | 'near' | 'within' | 'after' | 'reused';
  readonly startKnown: boolean;
  readonly endKnown: boolean;
}

export interface Match {
  readonly grade: Exclude<Grade, 'claimed' | 'none'>;
  readonly reasons: readonly MatchReasonCode[];
}

/**
 * Grades the match of an event with a process: `exact` where the event names what only this process bears, `probable` where
 * its process id was this process's at that time and nothing contradicts it, else `ambiguous`. A time outside the lifetime
 * speaks against the time, not against a GUID.
 */
export function gradeMatch(facts: MatchFacts): Match {
  switch (facts.by) {
    case 'guid':
      return byGuid(facts);
    case 'process-id':
      return byProcessId(facts);
    case 'user':
      return { grade: 'ambiguous', reasons: ['names-no-process', 'user-agrees', 'alive-at-that-time'] };
  }
}

function byGuid({ image, processId, time }: MatchFacts): Match {
  const reasons: MatchReasonCode[] = ['guid-named'];
  if (image === 'differs') reasons.push('image-differs');
  if (processId === 'differs') reasons.push('process-id-differs');
  if (time === 'before') reasons.push('time-before-start');
  if (time === 'after') reasons.push('time-after-end');
  if (time === 'reused') reasons.push('process-id-reused');
  // Sysmon's cache may give an event the GUID of a process that is gone.
  const contradicted = image === 'differs' || processId === 'differs' || time === 'reused';
  return { grade: contradicted ? 'ambiguous' : 'exact', reasons };
}

function byProcessId({ image, named, time, startKnown, endKnown }: MatchFacts): Match {
  if (named === 'start-key') return { grade: 'exact', reasons: ['start-key-named', 'process-id-agrees'] };
  const reasons: MatchReasonCode[] = ['process-id-agrees'];
  if (image === 'agrees') reasons.push('image-agrees');
  if (image === 'differs') reasons.push('image-differs');
  if (named === 'other-guid') reasons.push('other-guid-named');
  const uncertain = time !== 'within' || !startKnown || !endKnown;
  if (time === 'near' || (startKnown && time !== 'within')) reasons.push('near-its-bounds');
  if (!startKnown) reasons.push('start-unknown');
  if (!endKnown) reasons.push('end-unknown');
  if (!uncertain) reasons.push('alive-at-that-time');
  // After it was first seen it was certainly running, whenever it started.
  const beforeSeen = !startKnown && time === 'before';
  const contradicted = image === 'differs' || named === 'other-guid';
  const doubtful = contradicted || beforeSeen || (uncertain && image !== 'agrees');
  return { grade: doubtful ? 'ambiguous' : 'probable', reasons };
}
