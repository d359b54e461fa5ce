import type { Event, FieldValue } from '../events/event.ts';
import { type Difference, differences } from './compare-event.ts';
import { type Reread, type RereadOptions, reread } from './reread.ts';
import type { Stored } from './stored-event.ts';

/**
 * What can be said of one event from its raw text alone. `agrees`, but for members that the raw text cannot tell (`aside`:
 * why, for each). `differs`. `needs-source`: the raw text lacks something that its file had, as `reason` says; `found` are
 * the differences that this would explain.
 */
export type Judgement =
  | { readonly kind: 'agrees'; readonly aside: readonly Aside[] }
  | { readonly kind: 'differs'; readonly found: readonly Difference[] }
  | { readonly kind: 'needs-source'; readonly reason: Reason; readonly found: readonly Difference[] };

/** A member that was not judged, and why. */
export interface Aside {
  readonly field: string;
  readonly reason: AsideReason;
}

export type AsideReason = 'arrival' | 'export' | 'line-ends';

export type Reason = 'header' | 'unreadable' | 'clock' | 'surroundings';

/** Why members are not judged, as part of a sentence. */
export const asideTexts: Readonly<Record<AsideReason, string>> = {
  arrival: 'the record has no time of its own: the moment of its arrival was taken',
  export: 'an export around the record said it',
  'line-ends': 'XML reads a carriage return and line feed as a line feed; all else agrees',
};

/** What a raw text lacks, as part of a sentence. */
export const reasonTexts: Readonly<Record<Reason, string>> = {
  header:
    'a row or line whose meaning stands in a header, other columns or a format given by the user, not in its raw text',
  unreadable: 'its raw text cannot be read by itself',
  clock: 'its time depends on other events of the same file',
  surroundings: 'what an export said around the raw text is not in it',
};

const ofExport: ReadonlySet<string> = new Set(['source', 'sourcetype', 'host', 'dvc']);
const ofTime: ReadonlySet<string> = new Set(['_time', '_time_source']);

/** Judges an event by its raw text. */
export function judge(stored: Stored, options: RereadOptions): Judgement {
  const plain = reread(stored, options);
  if (plain.event === undefined) return { kind: 'needs-source', reason: 'unreadable', found: [] };
  const judged = judgeRead(stored, plain, plain.event, []);
  if (judged.kind === 'agrees' || !saysExport(stored, plain.event)) return judged;
  // The envelope of an export is gone, but what it said of these is what the store holds.
  const { host, source, sourcetype } = stored;
  const again = reread(stored, { ...options, envelope: { host, source, sourcetype } });
  if (again.event === undefined) return judged;
  const given = [...ofExport].filter((field) => differs(judged, field));
  const second = judgeRead(stored, again, again.event, given);
  return second.kind === 'agrees' ? second : judged;
}

function judgeRead(stored: Stored, { form }: Reread, event: Event, given: readonly string[]): Judgement {
  const all = differences(stored, event);
  const aside: Aside[] = given.map((field) => ({ field, reason: 'export' }));
  const isArrival = stored.timeSource.startsWith('arrival') && event.timeSource === stored.timeSource;
  const isExportTime = stored.timeSource === '_time of the export';
  const isCorrected = stored.timeSource.includes('zone from Sysmon');
  if (isArrival) aside.push({ field: '_time', reason: 'arrival' });
  if (isExportTime) aside.push({ field: '_time', reason: 'export' });
  const isXml = form === 'event-xml';
  if (isXml) for (const { field } of all.filter(isOfLineEnds)) aside.push({ field, reason: 'line-ends' });
  const rest = isXml ? all.filter((difference) => !isOfLineEnds(difference)) : all;
  const found = rest.filter(
    ({ field }) => !(ofTime.has(field) && (isExportTime || (isArrival && field === '_time'))),
  );
  if (found.length === 0) return { kind: 'agrees', aside };
  if (isCorrected && found.every(({ field }) => ofTime.has(field)))
    return { kind: 'needs-source', reason: 'clock', found };
  if (found.every(({ field }) => ofExport.has(field)))
    return { kind: 'needs-source', reason: 'surroundings', found };
  // Text says nothing of itself: what made more of it stood elsewhere.
  if (form === 'text' && (event.product !== stored.product || event.sourcetype !== stored.sourcetype))
    return { kind: 'needs-source', reason: 'header', found };
  if (form === 'text' && event.product === 'generic' && found.every(({ read }) => read === undefined))
    return { kind: 'needs-source', reason: 'header', found };
  return { kind: 'differs', found };
}

/** Whether nothing but the line ends differs (XML 1.0, 2.11), as between a binary log and its XML. */
function isOfLineEnds({ stored, read }: Difference): boolean {
  const plain = (value: FieldValue | undefined) =>
    value === undefined ? '' : JSON.stringify(typeof value === 'string' ? lines(value) : value.map(lines));
  return stored !== undefined && plain(stored) === plain(read);
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function saysExport(stored: Stored, event: Event): boolean {
  return event.source !== stored.source || event.sourcetype !== stored.sourcetype;
}

function differs(judged: Judgement, field: string): boolean {
  return judged.kind !== 'agrees' && judged.found.some((each) => each.field === field);
}
