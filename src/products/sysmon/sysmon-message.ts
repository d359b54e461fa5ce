import type { EventDatum } from '../../formats/record.ts';

/** All names of Sysmon's fields, in any event, as its messages have them. */
const fieldNames: ReadonlySet<string> = new Set(
  (
    'RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine ' +
    'CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ' +
    'ParentImage ParentCommandLine ParentUser TargetFilename CreationUtcTime PreviousCreationUtcTime Protocol Initiated ' +
    'SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname ' +
    'DestinationPort DestinationPortName State Version SchemaVersion ImageLoaded Signed Signature SignatureStatus ' +
    'SourceProcessGuid SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGuid TargetProcessGUID ' +
    'TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser Device ' +
    'GrantedAccess CallTrace EventType TargetObject Details NewName Hash Contents Configuration ConfigurationFileHash ' +
    'PipeName Operation EventNamespace Name Query Type Destination Consumer Filter QueryName QueryStatus QueryResults ' +
    'Session ClientInfo IsExecutable Archived ID'
  ).split(' '),
);

/** What a message gave: its fields, and the names that it has more than once. */
export interface MessageFields {
  readonly data: readonly EventDatum[];
  readonly repeated: readonly string[];
}

/**
 * Reads the fields out of the text that Windows renders for a Sysmon event: a title line, then `Name: value` lines. A
 * line that starts with no field name goes on with the value before it. What an attacker put into a value on a line of
 * its own could look like a field: a name that comes twice is reported, and its first value is taken.
 */
export function readSysmonMessage(message: string): MessageFields {
  const found = new Map<string, string>();
  const repeated: string[] = [];
  let current: string | undefined;
  let position = message.indexOf('\n') + 1;
  if (position === 0) return { data: [], repeated };
  while (position <= message.length) {
    let end = message.indexOf('\n', position);
    if (end < 0) end = message.length;
    const lineEnd = message.charCodeAt(end - 1) === 13 && end > position ? end - 1 : end;
    const colon = message.indexOf(':', position);
    const name = colon > 0 && colon < lineEnd && colon - position <= 24 ? message.slice(position, colon) : '';
    if (fieldNames.has(name)) {
      const known = found.has(name);
      if (known) repeated.push(name);
      else found.set(name, message.slice(colon + 1, lineEnd).trimStart());
      current = known ? undefined : name;
    } else if (current !== undefined && lineEnd > position)
      found.set(current, `${found.get(current)}\n${message.slice(position, lineEnd)}`);
    position = end + 1;
  }
  return { data: Array.from(found, ([name, value]) => ({ name, value })), repeated };
}
