import type { FieldDefinition } from '../field-dictionary.ts';

/** What every Windows event has: its System part, under the names of Splunk's add-ons. */
export const windowsFields: readonly FieldDefinition[] = [
  {
    name: 'EventCode',
    column: 'low-cardinality',
    aliases: ['EventID'],
    description: 'Event id, decimal.',
  },
  {
    name: 'Channel',
    column: 'low-cardinality',
    aliases: ['LogName'],
    description: 'Channel, in the spelling that Windows registers (`Security`, not `security`).',
  },
  {
    name: 'SourceName',
    column: 'low-cardinality',
    aliases: ['ProviderName', 'Provider_Name'],
    description: 'Name of the provider.',
  },
  { name: 'ProviderGuid', description: 'GUID of the provider as recorded.' },
  { name: 'EventSourceName', description: 'Name of the classic event source, where the provider has one.' },
  {
    name: 'Computer',
    column: 'low-cardinality',
    aliases: ['ComputerName'],
    description: 'The computer as recorded; `host` is the same in lower case.',
  },
  {
    name: 'EventRecordID',
    column: 'text',
    aliases: ['RecordNumber'],
    description: 'Number of the event in its channel on its computer, decimal.',
  },
  { name: 'SystemTime', description: 'TimeCreated as recorded.' },
  {
    name: 'Level',
    description:
      'Level: 0 to 5 (1 critical, 2 error, 3 warning, 4 information), or its text where only that was recorded.',
  },
  { name: 'Task', description: 'Task, a number.' },
  { name: 'TaskCategory', description: "The task's text, where it was recorded." },
  {
    name: 'Opcode',
    aliases: ['OpCode'],
    description: 'Operation code, a number, or its text where only that was recorded.',
  },
  { name: 'Keywords', description: 'Keywords: a hexadecimal mask, or texts (`Audit Success`).' },
  { name: 'Version', description: "Version of the event's definition (Sysmon 4: the sensor's version)." },
  { name: 'Qualifiers', description: "Qualifiers of a classic event's id." },
  {
    name: 'ExecutionProcessID',
    description:
      'Process that wrote the event to the log: the Sysmon service, the kernel; not the one that acted.',
  },
  { name: 'ExecutionThreadID', description: 'Thread that wrote the event to the log.' },
  { name: 'UserID', description: 'SID of the account that wrote the event to the log.' },
  { name: 'ActivityID', description: 'Activity that the event belongs to.' },
  { name: 'RelatedActivityID', description: 'Activity that this one came from.' },
  { name: 'Message', description: "The event's rendered text, where it was recorded." },
  { name: 'Data', description: 'Data without names, in order (classic events; several values).' },
  {
    name: 'HostApplication',
    description: 'PowerShell 400, 403, 600, 800, 4103: command line of the host process.',
  },
  { name: 'ContextInfo', description: 'PowerShell 4103: the circumstances as recorded, a line each.' },
  { name: 'Payload', description: 'PowerShell 4103: the commands and their arguments.' },
  { name: 'EventType', description: 'Sysmon 12 to 14, 17 to 21: kind of the operation (`SetValue`).' },
  {
    name: 'RuleName',
    description: "Sysmon: the rule of the sensor's configuration that let the event through.",
  },
  { name: 'UtcTime', description: 'Sysmon: when it happened, UTC, as recorded.' },
  { name: 'State', description: 'Sysmon 4: state of the service.' },
  {
    name: 'ScriptBlockText',
    aliases: ['ScriptBlock_Text'],
    description: 'PowerShell 4104: text of the script block.',
  },
  { name: 'signature_id', description: 'CIM: event id.' },
  { name: 'signature', description: 'CIM: what the event id means.' },
  { name: 'vendor_product', description: 'CIM: maker and name of the product that recorded the event.' },
  {
    name: 'keizu_note',
    description: 'What the mapping had to leave out or could not read; the recorded text has it all.',
  },
];
