import type { Event } from '../../events/event.ts';
import { applyRules, type CimRule, otherwise, rule } from '../cim-rules.ts';
import { newFields, noteCut } from '../fields.ts';
import type { MappingContext, Product } from '../product.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';
import { channelName } from './channel-name.ts';
import { addPowerShellFields } from './powershell-fields.ts';
import { addRecordedFields } from './system-fields.ts';
import { recordedTime } from './windows-clock.ts';
import { windowsEvent } from './windows-event.ts';
import { windowsEventClass } from './windows-event-classes.ts';

/** Windows events of channels that have no product of their own: System, PowerShell, Application … All fields pass. */
export const windows: Product<WindowsRecord> = {
  name: 'windows',
  recognises: () => true,
  map: mapWindows,
};

const commonRules: readonly CimRule[] = [
  rule('dvc', 'Computer'),
  rule('dest', 'Computer'),
  rule('signature_id', 'EventCode'),
];

/** System 7045 and its like. `Service_File_Name` is the name of Splunk's text form. */
const serviceRules: readonly CimRule[] = [
  rule('service_name', 'ServiceName'),
  rule('service_path', 'ImagePath'),
  rule('Service_File_Name', 'ImagePath'),
  rule('user_id', 'UserID'),
];

const logClearedRules: readonly CimRule[] = [
  rule('user', 'SubjectUserName', 'account'),
  otherwise('user', 'User', 'account'),
  rule('user_domain', 'SubjectDomainName'),
];

function mapWindows(record: WindowsRecord, context: MappingContext): Event {
  const { event } = record;
  const channel = event.channel === undefined ? undefined : channelName(event.channel);
  const fields = newFields();
  const cut = addRecordedFields(fields, record, channel);
  const eventClass = windowsEventClass(event.provider, event.eventId);
  applyRules(fields, commonRules);
  if (eventClass === 'service') applyRules(fields, serviceRules);
  else if (eventClass === 'log-cleared') applyRules(fields, logClearedRules);
  else if (eventClass === 'script') addPowerShellFields(fields, record);
  fields.vendor_product = 'Microsoft Windows';
  if (cut > 0) noteCut(fields, cut);
  return windowsEvent(record, 'windows', eventClass, channel, recordedTime(record, context), fields);
}
