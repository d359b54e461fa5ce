import { terminalText } from '../core/terminal-text.ts';
import type { FieldValue } from '../events/event.ts';
import { asideTexts, reasonTexts } from '../verify/judge.ts';
import type { Disagreement, SourceState, VerifySummary } from '../verify/verify.ts';
import { countOf, countText } from '../views/quantity-text.ts';

/** Characters of a value that are shown. */
const longest = 160;

const sourceTexts: Readonly<Record<SourceState, string>> = {
  gone: 'its source is not where it was read',
  changed: 'its source has changed since',
  'too-many': 'there are too many sources to be read again',
};

/** An event that disagrees, with each field's stored value and the value that its raw text gives. */
export function disagreementText({ id, origin, offset, found }: Disagreement): string {
  const lines = [`differs: _id=${id} (${terminalText(origin)}, byte ${offset})`];
  for (const { field, stored, read } of found)
    lines.push(
      `  ${terminalText(field)}`,
      `    stored ${valueText(stored)}`,
      `    read   ${valueText(read)}`,
    );
  return lines.join('\n');
}

/** The counts, and what was not judged and why. `hidden` are disagreements that were not shown. */
export function verifyText(summary: VerifySummary, hidden: number): string {
  const { events, agreed, bySource, differing, notJudged, aside } = summary;
  const lines: string[] = [];
  if (hidden > 0)
    lines.push(
      `… and ${countOf(hidden, 'more event')} that ${hidden === 1 ? 'differs' : 'differ'}; --limit shows more.`,
    );
  lines.push(
    `${countOf(events, 'event')} read again: ${countText(agreed)} agree, ${countText(differing)} differ, ${countText(events - agreed - differing)} not judged.`,
  );
  if (bySource > 0)
    lines.push(
      `${countOf(bySource, 'event')} of those that agree ${bySource === 1 ? 'was' : 'were'} read with the source beside.`,
    );
  for (const { field, events: count } of summary.fields)
    lines.push(`  differs: ${terminalText(field)} in ${countOf(count, 'event')}`);
  for (const { reason, source, events: count, origin } of notJudged)
    lines.push(
      `  not judged: ${countOf(count, 'event')}: ${reasonTexts[reason]}, and ${sourceTexts[source]} (such as ${terminalText(origin)})`,
    );
  for (const [reason, says] of Object.entries(asideTexts)) {
    const fields = aside.filter((each) => each.reason === reason);
    if (fields.length === 0) continue;
    const named = fields.map(({ field, events: count }) => `${terminalText(field)} (${countText(count)})`);
    lines.push(`  left aside, since ${says}: ${named.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return '(none)';
  const text = terminalText(typeof value === 'string' ? JSON.stringify(value) : JSON.stringify([...value]));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
