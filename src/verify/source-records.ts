import { statSync } from 'node:fs';
import type { Fault } from '../core/fault.ts';
import { ticksOfMilliseconds } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import { readFound } from '../formats/open.ts';
import type { SourceRecord } from '../formats/record.ts';
import { isLeftAlone } from '../ingest/left-alone.ts';
import { Recording } from '../ingest/recording.ts';
import type { LocalZone } from '../products/local-zone.ts';
import { eventOf } from '../products/registry.ts';
import type { SquidFormat } from '../products/squid/squid-formats.ts';

/** A record of a source, which becomes its event with the arrival of the stored one. Each is asked once, in order. */
export interface SourceEntry {
  readonly record: SourceRecord;
  event(arrival: bigint, zone?: LocalZone): Event | Fault;
}

/** Path of the file that an origin lies in: the origin itself, or what is in front of an archive's member; undefined where there is none. */
export function fileOf(origin: string): string | undefined {
  for (let at = origin.length; at > 0; at = origin.lastIndexOf('!', at - 1)) {
    const path = origin.slice(0, at);
    if (isFile(path)) return path;
  }
  return undefined;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Reads the records of one origin again, with what its whole file tells of its clock. */
export async function* sourceEntries(
  path: string,
  origin: string,
  squidFormats: readonly SquidFormat[],
  signal: AbortSignal | undefined,
): AsyncGenerator<SourceEntry> {
  const recording = new Recording(origin);
  const more = squidFormats.length === 0 ? {} : { squidFormats };
  const context = { ...recording.context(ticksOfMilliseconds(Date.now())), ...more };
  const entry = (record: SourceRecord): SourceEntry => ({
    record,
    event: (arrival, zone) =>
      eventOf(record, { ...context, arrival, ...(zone !== undefined && { localZone: zone }) }),
  });
  const found = { kind: 'file', path, size: statSync(path).size, modified: undefined } as const;
  for await (const batch of readFound(found, { skip: isLeftAlone, ...(signal && { signal }) })) {
    if (batch.source.origin !== origin) continue;
    for (const item of batch.items)
      if (item.kind !== 'fault') for (const record of recording.take(item, context)) yield entry(record);
    if (batch.isLast) for (const record of recording.release(context)) yield entry(record);
  }
}
