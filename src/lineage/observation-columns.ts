import { type Observations, type TextColumn, textColumns } from './observation.ts';

type NumberColumn = {
  [Name in keyof Observations]: Observations[Name] extends ArrayBufferView ? Name : never;
}[keyof Observations];

/** The columns of observations with room for more. */
export type ObservationColumns = Pick<Observations, NumberColumn>;

/** Makes columns with room for so many, which begin with what others have. */
export function makeColumns(capacity: number, from?: ObservationColumns): ObservationColumns {
  const columns: ObservationColumns = {
    kind: new Uint8Array(capacity),
    time: new BigInt64Array(capacity),
    until: new BigInt64Array(capacity),
    arrival: new BigInt64Array(capacity),
    pid: new Float64Array(capacity),
    parentPid: new Float64Array(capacity),
    parentGuidUnusable: new Uint8Array(capacity),
    ...(Object.fromEntries(textColumns.map((name) => [name, new Int32Array(capacity)])) as Record<
      TextColumn,
      Int32Array
    >),
  };
  if (from === undefined) return columns;
  columns.kind.set(from.kind);
  columns.time.set(from.time);
  columns.until.set(from.until);
  columns.arrival.set(from.arrival);
  columns.pid.set(from.pid);
  columns.parentPid.set(from.parentPid);
  columns.parentGuidUnusable.set(from.parentGuidUnusable);
  for (const name of textColumns) columns[name].set(from[name]);
  return columns;
}
