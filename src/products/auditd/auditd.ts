import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { putAccount } from '../edr/process-fields.ts';
import { type Fields, freeName, newFields } from '../fields.ts';
import { readMoment } from '../generic/generic-time.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put, putSource } from '../proxy/network-fields.ts';
import { classOfType } from './audit-class.ts';
import { type AuditSaid, addActor, addForked, addObjects, addProgram, saidOf } from './audit-fields.ts';
import { type AuditEvent, type AuditRecord, readAuditEvent, saidValue } from './audit-records.ts';
import { type AuditCall, auditCall, isThread } from './system-calls.ts';

/**
 * The Linux audit daemon: the records of one event (SYSCALL, EXECVE, CWD, PATH, PROCTITLE …) together. A process is known by
 * its process id and the time of its start; a program that takes the place of another comes as one more start of it.
 */
export const auditd: LineProduct = { name: 'auditd', read: readAuditd };

function readAuditd({ record, syslog }: LogLine, context: MappingContext): Event | undefined {
  if (!record.raw.slice(0, 2_048).includes('msg=audit(')) return undefined;
  const event = readAuditEvent(record.raw);
  const own = event?.records.find(({ type }) => type === 'SYSCALL') ?? event?.records[0];
  if (event === undefined || own === undefined) return undefined;
  const fields = newFields();
  addRecorded(fields, event, own);
  const said = saidOf(own);
  const call = own.type === 'SYSCALL' ? callOf(said) : undefined;
  const eventClass = classOf(own, call, said, event.records);
  addActor(fields, said);
  if (call === 'exec' && eventClass === 'process-start') addProgram(fields, event.records);
  else if (eventClass === 'process-start') addForked(fields, said);
  else if (own.type === 'SYSCALL') addProgram(fields, event.records);
  addObjects(fields, call, event.records, eventClass);
  if (own.type !== 'SYSCALL') addMessage(fields, said, eventClass);
  addOutcome(fields, said, own.type === 'SYSCALL');
  fields.signature = call === undefined ? own.type : `${own.type} ${call}`;
  fields.vendor_product = 'Linux audit';
  const time = readMoment(event.seconds) ?? context.arrival;
  return edrEvent(record, {
    product: 'auditd',
    source: context.origin,
    sourcetype: 'linux:audit',
    eventClass,
    time: { time, source: time === context.arrival ? 'arrival' : 'audit stamp' },
    host: event.node ?? syslog?.host,
    fields,
  });
}

const MOST_FIELDS = 1_000;

/** Fields of the event's own record by their names, those of others below the type; values of one name pile up. */
function addRecorded(fields: Fields, event: AuditEvent, own: AuditRecord): void {
  fields.type = event.records.length === 1 ? own.type : event.records.map(({ type }) => type);
  fields.serial = event.serial;
  const piled = new Map<string, string[]>();
  for (const record of event.records) {
    // Arguments are put together elsewhere.
    if (record.type === 'EXECVE') continue;
    for (const [name, value] of record.fields) {
      const text = saidValue(name, value);
      if (text === undefined || text === '') continue;
      const key = record === own ? name : `${record.type}.${name}`;
      const known = piled.get(key);
      if (known !== undefined) known.push(text);
      else if (piled.size < MOST_FIELDS) piled.set(key, [text]);
    }
  }
  for (const [name, texts] of piled)
    fields[freeName(name)] = texts.length === 1 ? (texts[0] as string) : texts;
}

function callOf(said: AuditSaid): AuditCall | undefined {
  return auditCall(said('SYSCALL'), said('arch') ?? '', said('syscall') ?? '');
}

/** A connection that is still being made when the call returns (EINPROGRESS). */
const IN_PROGRESS = '-115';

function classOf(
  own: AuditRecord,
  call: AuditCall | undefined,
  said: AuditSaid,
  records: readonly AuditRecord[],
): EventClass {
  if (own.type !== 'SYSCALL') return own.type === 'EXECVE' ? 'other' : classOfType(own.type);
  const failed = said('success') === 'no';
  switch (call) {
    case 'exec':
      return failed ? 'other' : 'process-start';
    case 'fork':
    case 'clone': {
      const made = /^[1-9]\d{0,9}$/.test(said('exit') ?? '');
      return failed || !made || (call === 'clone' && isThread(said('a0') ?? '')) ? 'other' : 'process-start';
    }
    case 'exit':
      return 'process-end';
    case 'connect':
    case 'accept':
      return failed && said('exit') !== IN_PROGRESS ? 'other' : 'network';
    case 'delete':
      return failed ? 'other' : 'file-delete';
    case 'create':
    case 'rename':
      return failed ? 'other' : 'file-create';
    case 'open':
      return failed ? 'other' : makesFile(records) ? 'file-create' : 'file-access';
    case 'trace':
      return failed ? 'other' : 'process-access';
    case 'load':
      return failed ? 'other' : 'driver-load';
    default:
      return 'other';
  }
}

function makesFile(records: readonly AuditRecord[]): boolean {
  return records.some(({ type, fields }) => type === 'PATH' && fields.get('nametype')?.text === 'CREATE');
}

/** What a program of the user says: who logged on, from where. */
function addMessage(fields: Fields, said: AuditSaid, eventClass: EventClass): void {
  const account = said('acct');
  if (eventClass === 'logon' || eventClass === 'account') {
    if (account !== undefined) {
      putAccount(fields, 'src_user', typeof fields.user === 'string' ? fields.user : undefined);
      putAccount(fields, 'user', account);
    }
    putSource(fields, said('addr'));
    put(fields, 'src_host', said('hostname'));
  }
  if (eventClass === 'service') put(fields, 'service_name', said('unit'));
  put(fields, 'process', said('cmd'));
}

function addOutcome(fields: Fields, said: AuditSaid, isCall: boolean): void {
  const outcome = isCall ? said('success') : said('res');
  if (outcome === undefined) return;
  fields.action = /^(?:yes|success|1)$/.test(outcome) ? 'success' : 'failure';
}
