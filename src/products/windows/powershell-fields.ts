import type { Fields } from '../fields.ts';
import { accountDomain, accountName } from '../values/account-name.ts';
import { decimalProcessId } from '../values/process-number.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';

const NAME = /^[A-Za-z][A-Za-z ]{0,40}$/;
const MAXIMUM_LINES = 200;

/**
 * Names of 4103's `ContextInfo` under the names that the classic events (400 …) have. Other languages write their own.
 */
const contextNames: Readonly<Record<string, string>> = {
  'Host Application': 'HostApplication',
  'Host Name': 'HostName',
  'Host Version': 'HostVersion',
  'Host ID': 'HostId',
  'Engine Version': 'EngineVersion',
  'Runspace ID': 'RunspaceId',
  'Pipeline ID': 'PipelineId',
  'Command Name': 'CommandName',
  'Command Type': 'CommandType',
  'Script Name': 'ScriptName',
  'Command Path': 'CommandPath',
  'Sequence Number': 'SequenceNumber',
  User: 'User',
  'Connected User': 'ConnectedUser',
  'Shell ID': 'ShellId',
};

/**
 * What PowerShell's events keep in lines of text: `HostApplication=…` in the unnamed data of 400, 403, 600, 800 (or in the
 * message, where a shipper kept only that) and in 4103's ContextInfo. The command line of the host is `process`; the
 * process is that of the System part (4103, 4104), as these events name none themselves.
 */
export function addPowerShellFields(fields: Fields, record: WindowsRecord): void {
  const { event } = record;
  if (event.provider === 'Microsoft-Windows-PowerShell') {
    addLines(fields, fields.ContextInfo, contextNames);
    const pid =
      event.executionProcessId === undefined ? undefined : decimalProcessId(event.executionProcessId);
    if (pid !== undefined && pid !== '0') fields.process_id = pid;
  } else addLines(fields, fields.Data ?? record.message, undefined);
  if (typeof fields.HostApplication === 'string') fields.process ??= fields.HostApplication;
  const user = fields.User ?? fields.UserId;
  if (typeof user !== 'string') return;
  fields.user = accountName(user);
  const domain = accountDomain(user);
  if (domain !== undefined) fields.user_domain = domain;
}

/** Adds `Name=value` lines; with `names`, only those and under the names that it gives. */
function addLines(
  fields: Fields,
  text: Fields[string] | undefined,
  names: Readonly<Record<string, string>> | undefined,
): void {
  if (text === undefined) return;
  const lines = (typeof text === 'string' ? text : text.join('\n')).split(/\r?\n/, MAXIMUM_LINES);
  for (const line of lines) {
    const equals = line.indexOf('=');
    const recorded = line.slice(0, Math.max(0, equals)).trim();
    const value = line.slice(equals + 1).trim();
    if (value === '' || !NAME.test(recorded)) continue;
    if (names === undefined) {
      if (!recorded.includes(' ')) addNew(fields, recorded, value);
    } else if (Object.hasOwn(names, recorded)) addNew(fields, names[recorded] as string, value);
  }
}

function addNew(fields: Fields, name: string, value: string): void {
  if (fields[name] === undefined && /^[A-Z]/.test(name)) fields[name] = value;
}
