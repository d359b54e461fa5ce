import type { Ticks } from '../core/ticks.ts';
import { identifier, type Parameters, type Sql, sql } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';
import { wholeEventPlace } from '../store/whole-event.ts';
import type { EventBlock } from './event-block.ts';

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

/** The key of an event of a block. */
export function keyOf(block: EventBlock, row: number): EventKey {
  return {
    index: String(block.text(columns.index, row)),
    host: String(block.text(columns.host, row)),
    time: block.times(columns.time)[row] as bigint,
    id: String(block.text(columns.id, row)),
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
