import { terminalText } from '../core/terminal-text.ts';
import { countOf, countText } from '../views/quantity-text.ts';
import type { ZeroRecord } from '../views/zero-record.ts';

/** Characters of a text of a log that are shown. */
const longest = 120;

/** Hosts whose holes are shown. */
const mostHosts = 10;

/** The explanation of an answer without rows, or with few, for people. */
export function zeroText(record: ZeroRecord, rows: number | undefined): string {
  const parts = [
    answerPart(record, rows),
    conditionsPart(record),
    namesPart(record),
    spellingsPart(record),
    fieldsPart(record),
    elsewherePart(record),
    stagesPart(record),
    coveragePart(record),
    faultsPart(record),
    limitsPart(record),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function answerPart({ scope, matching, conditions }: ZeroRecord, rows: number | undefined): string[] {
  const { events, hosts, first, last } = scope;
  const span = first === null ? '' : `, ${first} to ${last}`;
  const lines = [
    `The search gives ${rows === undefined ? 'no count of rows (it was stopped)' : countOf(rows, 'row')}.`,
    `In its scope: ${countOf(events, 'event')} of ${countOf(hosts, 'host')}${span}; ${countOf(matching, 'event meets', 'events meet')} its conditions.`,
  ];
  if (events > 0 && conditions.length === 0) lines.push('It has no conditions in front of the first pipe.');
  return lines;
}

function conditionsPart(record: ZeroRecord): string[] {
  const { conditions, matching, withoutUnmatched } = record;
  if (conditions.length === 0) return [];
  const width = Math.max(
    12,
    ...[...conditions.flatMap(({ alone, upTo, without }) => [alone, upTo, without])].map(
      (count) => countText(count).length,
    ),
  );
  const cell = (count: number | string) =>
    (typeof count === 'number' ? countText(count) : count).padStart(width);
  const lines = [
    `${cell('alone')}  ${cell('with those')}  ${cell('without it')}`,
    `${cell('')}  ${cell('above')}`,
  ];
  for (const { text, alone, upTo, without, looksFor } of conditions) {
    const mark =
      alone === 0
        ? '  <- matches nothing'
        : matching === 0 && without > 0
          ? '  <- takes away what is left'
          : '';
    lines.push(`${cell(alone)}  ${cell(upTo)}  ${cell(without)}  ${shown(text)}${mark}`);
    for (const leaf of looksFor) {
      if (looksFor.length > 1)
        lines.push(`${cell(leaf.alone)}${' '.repeat(2 * width + 8)}${shown(leaf.text)}`);
      if (leaf.alone > 0 || leaf.field === null) continue;
      lines.push(
        `    ${shown(leaf.field)}: ${countOf(leaf.withField ?? 0, 'event of the scope has', 'events of the scope have')} it`,
      );
      if (leaf.values.length > 0) lines.push(`      such as ${leaf.values.map(shown).join(' · ')}`);
    }
  }
  const unmatched = conditions.filter(({ alone }) => alone === 0).length;
  if (unmatched > 1)
    lines.push(
      `Without the ${unmatched} conditions that match nothing: ${countOf(withoutUnmatched, 'event')}.`,
    );
  return lines;
}

function namesPart({ fieldNames }: ZeroRecord): string[] {
  return fieldNames.map(
    ({ field, like }) =>
      `No event of the store has the field ${shown(field)}${like.length === 0 ? '.' : `; there is ${like.map(shown).join(', ')}.`}`,
  );
}

function spellingsPart({ spellings, together, matching }: ZeroRecord): string[] {
  if (spellings.length === 0) return [];
  const lines = ['Other spellings that are there:'];
  for (const { text, says, alone, more, try: search } of spellings)
    lines.push(
      `  ${shown(text)} ${says}: ${countOf(alone, 'event')}, ${countText(more)} of which meet all else`,
      `    ${shown(search)}`,
    );
  if (together > matching)
    lines.push(`With all of them the search would find ${countOf(together, 'event')}.`);
  return lines;
}

function fieldsPart({ otherFields }: ZeroRecord): string[] {
  if (otherFields.length === 0) return [];
  return [
    'Other fields that hold it:',
    ...otherFields.map(
      ({ text, field, events, sampled }) =>
        `  ${shown(text)} in ${shown(field)}: ${countOf(events, 'event')}${sampled ? ' of a sample of 200' : ''}`,
    ),
  ];
}

function elsewherePart({ elsewhere, matching }: ZeroRecord): string[] {
  if (elsewhere === null) return [];
  const outside = elsewhere.events - matching;
  if (outside <= 0) return ['Outside its time range and indexes nothing meets its conditions either.'];
  return [
    `Outside its time range or indexes ${countOf(outside, 'event meets', 'events meet')} its conditions: all of them are from ${elsewhere.first} to ${elsewhere.last}, in ${elsewhere.indexes.map(shown).join(', ')}.`,
  ];
}

function stagesPart({ stages }: ZeroRecord): string[] {
  if (stages.length === 0) return [];
  const lines = ['Rows behind each stage that may drop some:'];
  for (const { text, rows, parts } of stages) {
    lines.push(`  ${countText(rows).padStart(12)}  ${shown(text)}`);
    for (const part of parts) lines.push(`  ${countText(part.rows).padStart(16)}  ${shown(part.text)}`);
  }
  return lines;
}

function coveragePart({ coverage }: ZeroRecord): string[] {
  if (coverage.hosts.length === 0) return [];
  const lines = ['Not collected, or lost, in this scope:'];
  for (const { host, holes, more } of coverage.hosts.slice(0, mostHosts)) {
    lines.push(`  ${shown(host)}`);
    for (const hole of holes) lines.push(`    ${terminalText(hole)}`);
    if (more > 0) lines.push(`    and ${countOf(more, 'more')}: keizu coverage --host ${shown(host)}`);
  }
  if (coverage.moreHosts || coverage.hosts.length > mostHosts)
    lines.push('  There are more hosts: keizu coverage has all.');
  return lines;
}

function faultsPart({ faults, scope }: ZeroRecord): string[] {
  if (faults.length === 0)
    return scope.faults === 0
      ? ['Nothing of these sources was unreadable.']
      : [`${countOf(scope.faults, 'fault')} at ingest.`];
  return [
    'What could not be read:',
    ...faults.map(
      ({ origin, code, faults: count, message }) =>
        `  ${shown(origin)}: ${countText(count)} ${code}: ${shown(message)}`,
    ),
  ];
}

function limitsPart({ limits }: ZeroRecord): string[] {
  if (limits.length === 0) return ['No limit cut anything.'];
  return ['Limits:', ...limits.map((limit) => `  ${terminalText(limit)}`)];
}

function shown(text: string): string {
  const safe = terminalText(text);
  return safe.length > longest ? `${safe.slice(0, longest - 1)}…` : safe;
}
