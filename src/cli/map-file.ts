import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../core/diagnostic.ts';
import { terminalText } from '../core/terminal-text.ts';
import type { ColumnMap } from '../products/column-map/column-map.ts';
import { columnOf, type MapTally } from '../products/column-map/map-tally.ts';
import { readColumnMap } from '../products/column-map/read-map.ts';
import { countOf, countText } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';

/** Reads the file of `--map`. Fails with every fault that is in it, each with its place; warnings go to standard error. */
export function readMapFile(path: string): ColumnMap {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new CommandFailure(`keizu: cannot read ${terminalText(path)}: ${(error as Error).message}`);
  }
  const { map, diagnostics } = readColumnMap(text);
  const lines = diagnostics.map((diagnostic) => diagnosticText(diagnostic, path, text)).join('\n');
  if (map === undefined) throw new CommandFailure(lines);
  if (lines !== '') process.stderr.write(`${lines}\n`);
  return map;
}

function diagnosticText(
  { severity, code, message, hint, span }: Diagnostic,
  path: string,
  text: string,
): string {
  const before = text.slice(0, span?.start ?? 0).split('\n');
  const place = `${terminalText(path)}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  const help = hint === undefined ? '' : `\n  ${terminalText(hint)}`;
  return `${place}: ${severity}: ${terminalText(message)} [${code}]${help}`;
}

/** Columns that are not mapped, and texts without a class, that are named one by one. */
const mostNamed = 20;

/** What a mapping did: what was mapped, what did not convert, what was left. */
export function mapReport({ name }: ColumnMap, { records, mapped, left, unknownClasses }: MapTally): string {
  const lines = [`mapping ${terminalText(name)}: ${countOf(records, 'record')} mapped`];
  for (const [key, { to, converted, failed, example }] of mapped) {
    const failure =
      failed === 0
        ? ''
        : `, ${countText(failed)} not converted (first: ${terminalText(JSON.stringify(example ?? ''))})`;
    lines.push(`  ${terminalText(columnOf(key))} → ${terminalText(to)}: ${countText(converted)}${failure}`);
  }
  if (unknownClasses.size > 0) lines.push(`  without a class, kept as other: ${listed(unknownClasses)}`);
  if (left.size > 0) lines.push(`  not mapped, kept under their own names: ${listed(left)}`);
  return `${lines.join('\n')}\n`;
}

function listed(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const named = sorted
    .slice(0, mostNamed)
    .map(([text, count]) => `${terminalText(text)} (${countText(count)})`);
  const rest = sorted.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${countText(rest)} more` : named.join(', ');
}
