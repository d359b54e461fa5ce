/**
 * How many events a second the mapping makes of records that are already read, on one core.
 * Run: `npx tsx bench/products.ts`. Budget: 150,000 a second for Sysmon's process creations.
 */
import type { SourceRecord } from '../src/formats/record.ts';
import { eventOf } from '../src/products/registry.ts';
import {
  jsonRecord,
  securityRecord,
  securityStart,
  sysmonRecord,
  sysmonStart,
} from '../test/windows-records.ts';

const SECONDS = 3;
const context = { arrival: 17_000_000_000_000_000n, origin: 'bench' };

const record = (id: number, make: (data: Readonly<Record<string, string>>) => SourceRecord) =>
  make({
    ...sysmonStart,
    ProcessId: String(1_000 + id),
    CommandLine: `"EXCEL.EXE" C:\\Users\\u${id}\\a.xls`,
  });

const flatHeader = {
  SourceName: 'Microsoft-Windows-Sysmon',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Hostname: 'WS01.corp.example',
  TimeCreated: '2024-03-05T10:15:30.500Z',
  EventID: 1,
};

const inputs: Readonly<Record<string, (id: number) => SourceRecord>> = {
  'Sysmon 1, EVTX or XML': (id) => record(id, (data) => sysmonRecord('1', data)),
  'Sysmon 1, flat JSON': (id) => record(id, (data) => jsonRecord({ ...flatHeader, ...data })),
  'Security 4688, EVTX or XML': (id) =>
    securityRecord('4688', { ...securityStart, NewProcessId: `0x${(4_096 + id).toString(16)}` }),
  'any JSON': (id) =>
    jsonRecord({ timestamp: 1_709_632_800_000 + id, a: { b: id, c: ['x', 'y'] }, d: 'text' }),
};

for (const [name, make] of Object.entries(inputs)) {
  const records = Array.from({ length: 1_000 }, (_, id) => make(id));
  const best = Math.max(...[1, 2, 3].map(() => rate(records)));
  console.log(`${name.padEnd(28)} ${Math.round(best).toLocaleString('en')} events/s`);
}

/** Events a second of processor time (others may share the machine); the first fifth warms up. */
function rate(records: readonly SourceRecord[]): number {
  const started = processorMilliseconds();
  let counted = 0;
  let from = started;
  for (;;) {
    for (const one of records) if (!('kind' in eventOf(one, context))) counted++;
    const now = processorMilliseconds();
    if (from === started && now - started > SECONDS * 66) {
      from = now;
      counted = 0;
    } else if (now - started > SECONDS * 333) return (counted * 1_000) / (now - from);
  }
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
