// Lineage: how long the starts and ends of one host take to be linked, and in how much memory, at 10^4, 10^5 and 10^6
// events, with GUIDs and without. Prints milliseconds of the processor (the collector included) and ratios; fails where a
// budget is missed.
//
//   node --expose-gc --import tsx bench/lineage.ts [EVENTS]
import { buildLineage } from '../src/lineage/build-lineage.ts';
import type { Observations } from '../src/lineage/observation.ts';
import { ObservationBuilder } from '../src/lineage/observation-builder.ts';
import { type SimulatedSensor, simulateHost } from '../test/simulated-host.ts';

const MOST_MILLISECONDS = 3000;
const MOST_BYTES = 1.5e9;

function observe(sensor: SimulatedSensor, events: number): Observations {
  const builder = new ObservationBuilder('bench');
  const host = simulateHost({
    seed: 'bench',
    starts: Math.ceil(events / 2),
    pool: 4096,
    lost: 0.01,
    sensors: [sensor],
  });
  for (const row of host.rows) builder.add(row);
  return builder.finish();
}

/** Memory that is held now, typed arrays included. */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const [most = '1000000'] = process.argv.slice(2);
let failed = false;
for (const sensor of ['guid', 'pid'] as const) {
  let before: { readonly events: number; readonly milliseconds: number } | undefined;
  for (const events of [10_000, 100_000, 1_000_000].filter((each) => each <= Number(most))) {
    const observations = observe(sensor, events);
    const columns = memory();
    let milliseconds = Number.POSITIVE_INFINITY;
    let held = 0;
    for (let round = 0; round < 3; round++) {
      const start = process.cpuUsage();
      const lineage = buildLineage(observations);
      const { user, system } = process.cpuUsage(start);
      milliseconds = Math.min(milliseconds, (user + system) / 1000);
      held = memory();
      if (lineage.size === 0) throw new Error('nothing was linked');
    }
    const growth =
      before === undefined
        ? ''
        : `, ${(milliseconds / before.milliseconds).toFixed(1)} times as long as ${before.events}`;
    const peak = process.resourceUsage().maxRSS * 1024;
    console.log(
      `${sensor.padEnd(5)} ${String(events).padStart(8)} events: ${milliseconds.toFixed(0)} ms${growth}; ` +
        `columns and lineage hold ${(held / 1e6).toFixed(0)} MB (columns ${(columns / 1e6).toFixed(0)}), most of the process ${(peak / 1e6).toFixed(0)} MB`,
    );
    if (events === 1_000_000 && milliseconds > MOST_MILLISECONDS) failed = true;
    if (events === 1_000_000 && held > MOST_BYTES) failed = true;
    before = { events, milliseconds };
  }
}
if (failed) {
  console.error(`Over the budget: ${MOST_MILLISECONDS} ms and ${MOST_BYTES / 1e6} MB for a million events.`);
  process.exitCode = 1;
}
