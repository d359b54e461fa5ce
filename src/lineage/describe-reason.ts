import type { Grade, Reason, ReasonCode } from './process.ts';

/** How a reason is said: alone, and with the values that it names. */
const wordings: Readonly<Record<ReasonCode, (detail: string | undefined) => string>> = {
  'guid-named': () => 'the child names the GUID of its parent',
  'guid-unusable': (detail) => withDetail('the GUID of the parent is empty or all zero', detail),
  'only-candidate': () => 'only one process bore the process id at that time',
  'several-candidates': (detail) => withDetail('several processes could be meant', detail),
  'image-agrees': (detail) => withDetail('its program is the one that the child names', detail),
  'image-differs': (detail) => withDetail('its program is not the one that the child names', named(detail)),
  'command-line-agrees': () => 'its command line is the one that the child names',
  'command-line-differs': (detail) =>
    withDetail('its command line is not the one that the child names', named(detail)),
  'alive-at-start': () => 'it was running when the child started',
  'ended-before': (detail) => withDetail('it had ended before the child started', detail),
  'end-unknown': () => 'no event tells when it ended',
  'started-after': (detail) => withDetail('it started after the child', detail),
  'same-boot': () => 'both started in the same boot',
  'other-boot': () => 'it belongs to another boot',
  'sequence-agrees': () => 'it was created earlier in the same boot, by the sequence in the GUIDs',
  'sequence-contradicts': () => 'it was created later in that boot, by the sequence in the GUIDs',
  'logon-agrees': (detail) => withDetail('both belong to the same logon session', detail),
  'logon-differs': (detail) => withDetail('they belong to different logon sessions', detail),
  'siblings-agree': (detail) => withDetail('other children say the same of their parent', detail),
  'siblings-differ': (detail) => withDetail('other children say something else of their parent', detail),
  'sensors-agree': (detail) => withDetail('two sensors name the same parent', detail),
  'sensors-disagree': (detail) => withDetail('two sensors name different parents', detail),
  'process-id-reused': (detail) => withDetail('the process id was used by more than one process', detail),
  'loss-at-that-time': (detail) => withDetail('events of that time may be missing', detail),
  'not-seen-created': () => 'no event saw this process being created',
  'before-the-log': (detail) => withDetail('it started before the log begins', detail),
  'in-a-gap': (detail) => withDetail('it started in a gap of the log', detail),
  'not-collected': (detail) => withDetail('process starts were not collected then', detail),
  'self-parent': () => 'the event names the process as its own parent',
  'loop-cut': () => 'the events make a loop, which was cut here',
  'says-nothing-of-parent': () => 'the event says nothing of a parent',
};

/** The edge's detail is what the child names and what was found, with a stroke between. */
function named(detail: string | undefined): string | undefined {
  return detail?.includes(' / ') ? `named / found: ${detail}` : detail;
}

function withDetail(text: string, detail: string | undefined): string {
  return detail === undefined || detail === '' ? text : `${text} (${detail})`;
}

/** A reason as a clause for people. The detail may hold text of an attacker: escape the whole where it is shown. */
export function describeReason({ code, detail }: Reason): string {
  return wordings[code](detail);
}

/** What a grade says, for legends. */
export const gradeMeanings: Readonly<Record<Grade, string>> = {
  exact: 'the event names this parent, and nothing contradicts it',
  probable: 'exactly one process fits, and the child describes it so',
  ambiguous:
    'several could be meant, something speaks against it, or events may be missing; the likeliest is drawn',
  claimed: 'the parent was not seen being created; it is drawn from what its children say',
  none: 'no event says anything of a parent',
};

/** Whether a reason speaks for an edge, against it, or tells why its parent was not seen. */
export const reasonSides: Readonly<Record<ReasonCode, 'for' | 'against' | 'unseen'>> = {
  'guid-named': 'for',
  'guid-unusable': 'against',
  'only-candidate': 'for',
  'several-candidates': 'against',
  'image-agrees': 'for',
  'image-differs': 'against',
  'command-line-agrees': 'for',
  'command-line-differs': 'against',
  'alive-at-start': 'for',
  'ended-before': 'against',
  'end-unknown': 'against',
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
  'not-seen-created': 'unseen',
  'before-the-log': 'unseen',
  'in-a-gap': 'unseen',
  'not-collected': 'unseen',
  'self-parent': 'against',
  'loop-cut': 'against',
  'says-nothing-of-parent': 'unseen',
};
