import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { readHostScope } from '../lineage/host-scope.ts';
import type { ProcessQuery } from '../lineage/select-family.ts';
import type { Store } from '../store/store.ts';
import { clockText } from '../views/clock-text.ts';
import { countOf } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import type { TreeRequest } from './tree-request.ts';

const queryTexts: {
  readonly [K in ProcessQuery['kind']]: (query: Extract<ProcessQuery, { kind: K }>) => string;
} = {
  all: () => 'there is no process',
  text: ({ text }) => `no program path or command line has the text ${terminalText(text)}`,
  pid: ({ pid, at }) => `no process had the id ${pid}${at === undefined ? '' : ' at that time'}`,
  guid: ({ guid }) => `no process has the GUID ${terminalText(guid)}`,
};

/** Says what was looked for and what was scanned. */
export async function nothingFound(
  store: Store,
  host: string,
  { query, clock: { timezone } }: TreeRequest,
  moments: readonly (Ticks | undefined)[],
): Promise<CommandFailure> {
  const wording = queryTexts[query.kind] as (query: ProcessQuery) => string;
  const scanned: string[] = [];
  for (const moment of moments) {
    const { events, starts, ends, first, last } = await readHostScope(store, host, moment);
    const span =
      first === null || last === null
        ? ''
        : `, ${clockText(first, timezone)} to ${clockText(last, timezone)} ${timezone}`;
    const known = moment === undefined ? '' : `, as of ${clockText(moment, timezone)} ${timezone}`;
    scanned.push(
      `scanned ${countOf(starts, 'process start')} and ${countOf(ends, 'process end')} among ${countOf(events, 'event')}${span}${known}`,
    );
  }
  return new CommandFailure(`keizu: on ${terminalText(host)} ${wording(query)}.\n  ${scanned.join('\n  ')}`);
}
