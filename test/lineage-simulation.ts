import { buildLineage, type LineageOptions } from '../src/lineage/build-lineage.ts';
import type { Observations } from '../src/lineage/observation.ts';
import { ObservationBuilder } from '../src/lineage/observation-builder.ts';
import type { Lineage } from '../src/lineage/process.ts';
import { compareEdges, type EdgeTruth } from './edge-truth.ts';
import { type HostSimulationOptions, type SimulatedHost, simulateHost } from './simulated-host.ts';

export interface SimulationResult {
  readonly truth: EdgeTruth;
  readonly lineage: Lineage;
  readonly host: SimulatedHost;
  /** Of edges with a seen parent: how many the latest earlier start of the process id has right. */
  readonly latestRight: number;
}

export function observe(host: SimulatedHost): Observations {
  const builder = new ObservationBuilder('simulated');
  for (const row of host.rows) builder.add(row);
  return builder.finish();
}

/** Simulates a host, builds its lineage and compares it with the truth. */
export function simulate(
  options: HostSimulationOptions,
  lineageOptions: LineageOptions = {},
): SimulationResult {
  const host = simulateHost(options);
  const lineage = buildLineage(observe(host), lineageOptions);
  const { ofStart } = host;
  const seen = new Set([...ofStart.values()].map(({ number }) => number));
  const names = (index: number) =>
    new Set(lineage.process(index).seenBy.flatMap(({ id }) => ofStart.get(id)?.number.toString() ?? []));
  const truth = compareEdges(
    lineage,
    (index) => {
      const process = lineage.process(index);
      if (process.basis !== 'started') return undefined;
      const parents = process.seenBy.flatMap(({ id }) => ofStart.get(id)?.parent ?? []);
      const [parent] = parents;
      return parent === undefined
        ? undefined
        : { name: String(parent.number), seen: seen.has(parent.number) };
    },
    names,
  );
  return { truth, lineage, host, latestRight: latestEarlierStarts(host, seen) };
}

/** The usual join, over the first sensor's starts as they are stamped. */
function latestEarlierStarts({ rows, ofStart }: SimulatedHost, seen: ReadonlySet<number>): number {
  const starts = rows.filter(({ kind, event }) => kind === 'start' && event.id.endsWith('-0'));
  starts.sort((one, other) => Number(one.event.time - other.event.time));
  const last = new Map<number, number>();
  const found = new Set<number>();
  for (const row of starts) {
    const process = ofStart.get(row.event.id);
    const parent = process?.parent;
    if (process === undefined) continue;
    if (parent !== undefined && seen.has(parent.number) && last.get(row.parentPid ?? -1) === parent.number)
      found.add(process.number);
    last.set(row.pid ?? -1, process.number);
  }
  return found.size;
}
