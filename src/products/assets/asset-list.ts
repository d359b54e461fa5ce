import { parseIsoTicks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { SourceRecord } from '../../formats/record.ts';
import { addNote, newFields } from '../fields.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { plainAddress } from '../proxy/network-address.ts';
import { put, putDestinationAddress, putUser } from '../proxy/network-fields.ts';
import { recordedEvent } from '../recorded-event.ts';

/**
 * A list of who has which address: a table whose first columns are `address` and `host`, or that has `address`, `host`, `from` and `to`
 * (ISO 8601, UTC where no zone is given; empty: open).
 */
export const assetList: LogProduct = { name: 'asset-list', read: readAsset };

function readAsset(record: SourceRecord, context: MappingContext): Event | undefined {
  if (record.kind !== 'row' || record.table !== undefined) return undefined;
  const names = Object.keys(record.cells).map((name) => name.toLowerCase());
  const isList = names[0] === 'address' && names[1] === 'host';
  const isDated = ['address', 'host', 'from', 'to'].every((name) => names.includes(name));
  if (!isList && !isDated) return undefined;
  const cells = new Map(
    Object.entries(record.cells).map(([name, text]) => [name.toLowerCase(), text.trim()]),
  );
  const said = (name: string) => cells.get(name) || undefined;
  const address = plainAddress(said('address') ?? '');
  const host = said('host');
  const from = parseIsoTicks(said('from') ?? '');
  const to = parseIsoTicks(said('to') ?? '');
  const isReadable =
    address !== undefined &&
    host !== undefined &&
    (from !== undefined || said('from') === undefined) &&
    (to !== undefined || said('to') === undefined);
  const fields = newFields();
  putDestinationAddress(fields, address);
  put(fields, 'dest_host', host?.toLowerCase());
  putUser(fields, said('user'));
  put(fields, 'lease_from', said('from'));
  put(fields, 'lease_to', said('to'));
  // Without a kind it tells nothing: a time that cannot be read would make the line hold always.
  if (isReadable) fields.asset_kind = isDated ? 'assignment' : 'asset';
  else addNote(fields, 'the address or a time of this line of the list cannot be read: it is passed over');
  // What the list calls `host` is no host that logged anything.
  return recordedEvent(record, {
    product: 'asset-list',
    sourcetype: 'asset-list',
    eventClass: 'other',
    time: from === undefined ? { time: context.arrival, source: 'arrival' } : { time: from, source: 'from' },
    source: context.origin,
    host: '',
    fields,
  });
}
