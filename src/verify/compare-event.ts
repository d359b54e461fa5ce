import { formatTicks } from '../core/ticks.ts';
import type { Event, FieldValue } from '../events/event.ts';
import type { Stored } from './stored-event.ts';

/** A field, or a member such as `_time`, in which the store and the record read again differ; undefined is "has none". */
export interface Difference {
  readonly field: string;
  readonly stored: FieldValue | undefined;
  readonly read: FieldValue | undefined;
}

/** All in which they differ. */
export function differences(stored: Stored, read: Event): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (field: string, one: FieldValue | undefined, other: FieldValue | undefined): void => {
    if (!isSame(one, other)) found.push({ field, stored: one, read: other });
  };
  compare('_time', formatTicks(stored.time), formatTicks(read.time));
  compare('_time_source', stored.timeSource, read.timeSource);
  compare('host', stored.host, read.host);
  compare('source', stored.source, read.source);
  compare('sourcetype', stored.sourcetype, read.sourcetype);
  compare('_product', stored.product, read.product);
  compare('_event_class', stored.eventClass, read.eventClass);
  compare('_raw', stored.raw, read.raw);
  for (const [name, value] of stored.fields)
    compare(name, value, Object.hasOwn(read.fields, name) ? read.fields[name] : undefined);
  for (const name of Object.keys(read.fields))
    if (!stored.fields.has(name)) compare(name, undefined, read.fields[name]);
  return found;
}

function isSame(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (typeof one === 'string' || typeof other === 'string')
    return typeof one === 'string' && typeof other === 'string' && isSameText(one, other);
  return one.length === other.length && one.every((value, at) => isSameText(value, other[at] ?? ''));
}

const surrogate = /\p{Surrogate}/u;

/** The store holds UTF-8, which has no halves of surrogate pairs. */
function isSameText(one: string, other: string): boolean {
  if (one === other) return true;
  return surrogate.test(other) && one === Buffer.from(other, 'utf8').toString('utf8');
}
