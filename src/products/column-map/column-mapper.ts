import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { membersOf, recordedFields, saidBy } from '../edr/edr-record.ts';
import { sensorKey, timedKey } from '../edr/process-key.ts';
import { type Fields, firstText } from '../fields.ts';
import type { MappingContext } from '../product.ts';
import { plainAddress } from '../proxy/network-address.ts';
import { accountDomain, accountName } from '../values/account-name.ts';
import { fileName } from '../values/file-name.ts';
import { plainGuid } from '../values/plain-guid.ts';
import { decimalProcessId } from '../values/process-number.ts';
import type { ColumnMap, ProcessColumns } from './column-map.ts';
import { countColumn, countText, type MapTally, newTally } from './map-tally.ts';
import { MapClock } from './map-time.ts';

const GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** Fields whose texts have a form; all others are taken as they are. */
const conversions: Readonly<Record<string, (text: string, host: string) => string | undefined>> = {
  process_id: processId,
  parent_process_id: processId,
  target_process_id: processId,
  process_guid: processGuid,
  parent_process_guid: processGuid,
  target_process_guid: processGuid,
  src_ip: plainAddress,
  dest_ip: plainAddress,
  src_port: port,
  dest_port: port,
};

function processId(text: string): string | undefined {
  const id = decimalProcessId(text.trim());
  return id === '0' ? undefined : id;
}

/** A GUID, or any other text that names a process of this host and no other. */
function processGuid(text: string, host: string): string | undefined {
  return GUID.test(text) ? plainGuid(text) : sensorKey(host, text, 'hexadecimal');
}

function port(text: string): string | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 ? String(Number(text)) : undefined;
}

/** Maps the records of tables and objects by what a user said of their columns, and counts what it did. */
export class ColumnMapper {
  readonly #map: ColumnMap;
  readonly #clock: MapClock;
  readonly #used: ReadonlySet<string>;
  #tally = newTally();

  constructor(map: ColumnMap) {
    this.#map = map;
    this.#clock = new MapClock(map.time);
    const { time, host, eventClass, fields, process, parent } = map;
    const used = [
      time.column,
      host,
      ...Object.values(fields),
      process.id,
      process.start,
      parent.id,
      parent.start,
    ];
    if (eventClass.kind === 'column') used.push(eventClass.column);
    this.#used = new Set(used.filter((column) => column !== undefined));
  }

  /** What was counted since it was taken the last time. */
  take(): MapTally {
    const tally = this.#tally;
    this.#tally = newTally();
    return tally;
  }

  /** The event of a record that has the column of the time; undefined for all others. */
  read(record: SourceRecord, context: MappingContext): Event | undefined {
    const members = membersOf(record);
    if (members === undefined) return undefined;
    const fields = recordedFields(members);
    const said = saidBy({ ...fields });
    const when = said(this.#map.time.column);
    if (when === undefined && !(this.#map.time.column in members)) return undefined;
    this.#tally.records++;
    for (const name in fields) if (!this.#isUsed(name)) countText(this.#tally.left, name);
    const host = this.#map.host === undefined ? undefined : said(this.#map.host);
    if (this.#map.host !== undefined && host !== undefined)
      countColumn(this.#tally, this.#map.host, 'host', host, true);
    const eventClass = this.#classOf(said);
    const values = new Map<string, string>();
    for (const [to, column] of Object.entries(this.#map.fields)) {
      const text = said(column);
      if (text !== undefined) this.#convert(values, to, column, text, host ?? '');
    }
    for (const [to, text] of [...Object.entries(this.#map.constants), ...values]) fields[to] = text;
    this.#addKey(fields, 'process', this.#map.process, said, host);
    this.#addKey(fields, 'parent_process', this.#map.parent, said, host);
    addNames(fields);
    return edrEvent(record, {
      product: this.#map.name,
      source: context.origin,
      sourcetype: this.#map.name,
      eventClass,
      time: this.#timeOf(when, context),
      host,
      fields,
    });
  }

  #isUsed(name: string): boolean {
    return this.#used.has(name) || (name.startsWith('extracted_') && this.#used.has(name.slice(10)));
  }

  #timeOf(text: string | undefined, context: MappingContext): ChosenTime {
    const { column } = this.#map.time;
    const time = text === undefined ? undefined : this.#clock.read(text);
    countColumn(this.#tally, column, 'time', text ?? '', time !== undefined);
    return time === undefined
      ? { time: context.arrival, source: `arrival (${column} could not be read)` }
      : { time, source: column };
  }

  #classOf(said: (column: string) => string | undefined): EventClass {
    const rule = this.#map.eventClass;
    if (rule.kind === 'constant') return rule.eventClass;
    const text = said(rule.column) ?? '';
    const found = Object.hasOwn(rule.values, text) ? rule.values[text] : undefined;
    countColumn(this.#tally, rule.column, 'class', text, found !== undefined);
    if (found === undefined) countText(this.#tally.unknownClasses, text);
    return found ?? 'other';
  }

  #convert(values: Map<string, string>, to: string, column: string, text: string, host: string): void {
    if (to === 'user') {
      values.set('user', accountName(text));
      const domain = accountDomain(text);
      if (domain !== undefined) values.set('user_domain', domain);
      countColumn(this.#tally, column, to, text, true);
      return;
    }
    const convert = Object.hasOwn(conversions, to) ? conversions[to] : undefined;
    const made = convert === undefined ? text : convert(text, host);
    if (made !== undefined) values.set(to, made);
    countColumn(this.#tally, column, to, text, made !== undefined);
  }

  /** The key of a process: the sensor's own number, or process id and start. A GUID that was mapped stays. */
  #addKey(
    fields: Fields,
    role: 'process' | 'parent_process',
    { id, start }: ProcessColumns,
    said: (column: string) => string | undefined,
    host: string | undefined,
  ): void {
    const name = `${role}_guid`;
    if (this.#map.fields[name] !== undefined || (id === undefined && start === undefined)) return;
    delete fields[name];
    const own = id === undefined ? undefined : said(id);
    if (id !== undefined && own !== undefined) {
      const key = sensorKey(host ?? '', own, 'hexadecimal');
      countColumn(this.#tally, id, name, own, key !== undefined);
      if (key !== undefined) fields[name] = key;
      return;
    }
    const text = start === undefined ? undefined : said(start);
    if (start === undefined || text === undefined) return;
    const moment = this.#clock.read(text);
    const pid = firstText(fields[`${role}_id`]);
    const key = moment === undefined || pid === undefined ? undefined : timedKey(host ?? '', pid, moment);
    countColumn(this.#tally, start, name, text, key !== undefined);
    if (key !== undefined) fields[name] = key;
  }
}

/** File names out of paths, where nothing else gave them. */
function addNames(fields: Fields): void {
  for (const [path, names] of [
    ['process_path', ['process_name', 'process_exec']],
    ['parent_process_path', ['parent_process_name', 'parent_process_exec']],
    ['file_path', ['file_name']],
  ] as const) {
    const text = firstText(fields[path]);
    const name = text === undefined ? undefined : fileName(text);
    if (name !== undefined) for (const each of names) fields[each] ??= name;
  }
}
