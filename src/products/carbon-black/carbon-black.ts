import { FILETIME_EPOCH } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import { type ChosenTime, isPlausible } from '../chosen-time.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { membersOf, recordedFields, type Said, saidBy } from '../edr/edr-record.ts';
import { type Fields, firstText } from '../fields.ts';
import { readMoment } from '../generic/generic-time.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { addCloud, addEdr } from './carbon-black-fields.ts';

/** Carbon Black: EDR's event forwarder (`ingress.event.*`) and the cloud's data forwarder (`endpoint.event.*`). */
export const carbonBlack: LogProduct = { name: 'carbon-black', read: readCarbonBlack };

const forwarded = /^(ingress|endpoint)\.event\.([a-z_]{1,40})$/;

/** By the last part of the type. */
const kinds: Readonly<Record<string, EventClass>> = {
  procstart: 'process-start',
  procend: 'process-end',
  netconn: 'network',
  netconn2: 'network',
  netconn_proxy: 'network',
  filemod: 'file-create',
  regmod: 'registry',
  moduleload: 'module-load',
  module: 'module-load',
  crossproc: 'process-access',
  crossprocopen: 'process-access',
  processopen: 'process-access',
  remotethread: 'remote-thread',
  scriptload: 'script',
  fileless_scriptload: 'script',
};

function readCarbonBlack(record: SourceRecord, context: MappingContext): Event | undefined {
  const members = membersOf(record);
  const found = typeof members?.type === 'string' ? forwarded.exec(members.type) : null;
  if (members === undefined || found === null) return undefined;
  const [type, origin, kind = ''] = found;
  const fields = recordedFields(members);
  const recorded = { ...fields };
  const said = saidBy(recorded);
  const doing = actionOf(said);
  const eventClass = classOf(kind, doing);
  if (origin === 'endpoint') addCloud(fields, said, eventClass);
  else addEdr(fields, said, eventClass, kind);
  const { action } = fields;
  if (action !== undefined) fields.extracted_action = action;
  const normal = normalAction(eventClass, doing);
  if (normal === undefined) delete fields.action;
  else fields.action = normal;
  fields.signature = type;
  fields.vendor_product = origin === 'endpoint' ? 'Carbon Black Cloud' : 'Carbon Black EDR';
  return edrEvent(record, {
    product: 'carbon-black',
    source: type,
    sourcetype: 'bit9:carbonblack:json',
    eventClass,
    time: timeOf(fields, said, eventClass, context),
    host: said('computer_name') ?? nameOf(said('device_name')) ?? said('device_id') ?? said('sensor_id'),
    fields,
  });
}

/** `create`, `ACTION_FILE_CREATE | ACTION_FILE_MOD_OPEN`, in lower case. */
function actionOf(said: Said): string {
  return (said('action') ?? '').toLowerCase();
}

function classOf(kind: string, doing: string): EventClass {
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (known === 'file-create' && /delete/.test(doing)) return 'file-delete';
  if (known === 'process-access' && /thread/.test(doing)) return 'remote-thread';
  return known ?? 'other';
}

function normalAction(eventClass: EventClass, doing: string): string | undefined {
  if (eventClass === 'process-start' || eventClass === 'network') return 'allowed';
  if (eventClass === 'process-end') return 'blocked';
  if (eventClass === 'file-delete' || /del/.test(doing)) return 'deleted';
  if (eventClass !== 'file-create' && eventClass !== 'registry') return undefined;
  return /create/.test(doing) ? 'created' : 'modified';
}

/** `DOMAIN\name` in the cloud. */
function nameOf(device: string | undefined): string | undefined {
  return device?.slice(device.lastIndexOf('\\') + 1);
}

/** A start happened at the FILETIME in the id of its process; other clocks have whole seconds in EDR. */
function timeOf(fields: Fields, said: Said, eventClass: EventClass, context: MappingContext): ChosenTime {
  const key = eventClass === 'process-start' ? firstText(fields.process_guid) : undefined;
  if (key !== undefined) {
    const time = BigInt(`0x${key.slice(19, 23)}${key.slice(24)}`) - FILETIME_EPOCH;
    if (isPlausible(time)) return { time, source: 'FILETIME in process_guid' };
  }
  for (const clock of ['device_timestamp', 'event_timestamp', 'timestamp', 'backend_timestamp']) {
    const text = said(clock)?.replace(/ \+0000 UTC$/, 'Z');
    const time = text === undefined ? undefined : readMoment(text);
    if (time !== undefined) return { time, source: clock };
  }
  return { time: context.arrival, source: 'arrival' };
}
