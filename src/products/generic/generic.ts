import { type Event, UNKNOWN_HOST } from '../../events/event.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { type Fields, freeName, newFields, noteCut } from '../fields.ts';
import type { MappingContext, Product } from '../product.ts';
import { addFlattened, MAXIMUM_FIELDS } from './flatten.ts';
import { timeOfFields, timeOfLine } from './generic-time.ts';

/** Whatever no other product recognises: JSON objects, rows and lines of text with what they say themselves. */
export const generic: Product = {
  name: 'generic',
  recognises: () => true,
  map: mapGeneric,
};

/** Fields that name the computer, the best first. */
const hostFields = [
  'extracted_host',
  'host',
  'Hostname',
  'hostname',
  'host.name',
  'host.hostname',
  'Computer',
  'computer_name',
  'ComputerName',
  'DeviceName',
  'endpoint.name',
  'agent.hostname',
  'node',
] as const;

const sourcetypes: Readonly<Record<SourceRecord['kind'], string>> = {
  json: 'generic:json',
  row: 'generic:csv',
  text: 'generic:text',
  'windows-event': 'XmlWinEventLog',
  'stored-event': 'generic:text',
};

function mapGeneric(record: SourceRecord, context: MappingContext): Event {
  const fields = newFields();
  const cut = addFields(fields, record);
  if (cut > 0) noteCut(fields, cut);
  const { envelope } = record;
  const chosen = chooseTime(record, fields, context);
  const event: Event = {
    time: chosen.time,
    timeSource: chosen.source,
    host: hostOf(fields, envelope?.host),
    source: envelope?.source ?? context.origin,
    sourcetype: envelope?.sourcetype ?? sourcetypes[record.kind],
    product: 'generic',
    eventClass: 'other',
    raw: record.raw,
    fields,
  };
  return envelope?.index === undefined ? event : { ...event, index: envelope.index };
}

function addFields(fields: Fields, record: SourceRecord): number {
  switch (record.kind) {
    case 'json':
      return addFlattened(fields, record.value);
    case 'row':
      return addCells(fields, record.cells);
    case 'text':
    case 'windows-event':
    case 'stored-event':
      return 0;
  }
}

function addCells(fields: Fields, cells: Readonly<Record<string, string>>): number {
  let taken = 0;
  let cut = 0;
  for (const name in cells) {
    const text = cells[name];
    if (text === undefined || text === '') continue;
    if (taken >= MAXIMUM_FIELDS) cut++;
    else {
      taken++;
      fields[freeName(name)] = text;
    }
  }
  return cut;
}

function chooseTime(record: SourceRecord, fields: Fields, context: MappingContext): ChosenTime {
  const inLine = record.kind === 'text' ? timeOfLine(record.raw, context) : undefined;
  return (
    inLine ?? timeOfFields(fields, record.envelope?.time) ?? { time: context.arrival, source: 'arrival' }
  );
}

function hostOf(fields: Fields, exported: string | undefined): string {
  if (exported !== undefined && exported !== '') return exported.toLowerCase();
  for (const name of hostFields) {
    const value = fields[name];
    if (typeof value === 'string') return value.toLowerCase();
  }
  return UNKNOWN_HOST;
}
