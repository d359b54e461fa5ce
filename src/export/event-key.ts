import type { Ticks } from '../core/ticks.ts';
import type { RowSlices } from '../store/row-slices.ts';
import { identifier, type Parameters, type Sql, sql } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';
import { wholeEventPlace } from '../store/whole-event.ts';

/** Where an event stands in the order of the store. */
export interface EventKey {
  readonly index: string;
  readonly host: string;
  readonly time: Ticks;
  /** 32 hexadecimal digits. */
  readonly id: string;
}

const columns = {
  index: wholeEventPlace('index'),
  host: wholeEventPlace('host'),
  time: wholeEventPlace('_time'),
  id: wholeEventPlace('_id'),
} as const;

/** The key of the row at which `next` stopped. */
export function keyOf({ block, starts, ends }: RowSlices): EventKey {
  const text = (column: number) => block.toString('utf8', starts[column] as number, ends[column] as number);
  return {
    index: text(columns.index),
    host: text(columns.host),
    time: block.readBigInt64LE(starts[columns.time] as number),
    id: text(columns.id),
  };
}

export function isSameKey(one: EventKey, other: EventKey): boolean {
  return (
    one.id === other.id && one.time === other.time && one.host === other.host && one.index === other.index
  );
}

/** The condition that an event comes behind a key. Member by member, since the engine looks up such conditions in the sort key. */
export function isBehind({ index, host, time, id }: EventKey, parameters: Parameters): Sql {
  const ofIndex = parameters.bind(index, 'String');
  const ofHost = parameters.bind(host, 'String');
  const ofTime = bindTime(parameters, time);
  const ofId = sql`toFixedString(unhex(${parameters.bind(id, 'String')}), 16)`;
  const name = identifier('index');
  return sql`(${name} > ${ofIndex} OR (${name} = ${ofIndex} AND (host > ${ofHost} OR (host = ${ofHost} AND (_time > ${ofTime} OR (_time = ${ofTime} AND events._id > ${ofId}))))))`;
}
