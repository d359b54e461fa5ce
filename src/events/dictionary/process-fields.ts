import type { FieldDefinition } from '../field-dictionary.ts';

/** Processes: Sysmon's and Windows Security's own names, and the Common Information Model's over both. */
export const processFields: readonly FieldDefinition[] = [
  {
    name: 'Image',
    column: 'low-cardinality',
    description: 'Sysmon: full path of the program of the process that the event is about.',
  },
  {
    name: 'CommandLine',
    column: 'text',
    scanned: true,
    aliases: ['Process_Command_Line'],
    description:
      'Command line of the new process (Sysmon 1, Security 4688). Sysmon writes every % twice; here it is once, and CommandLine_raw has the recorded text where it differs.',
  },
  {
    name: 'CommandLine_raw',
    description: 'Sysmon 1: CommandLine as recorded, only where its doubled % were halved.',
  },
  {
    name: 'ProcessId',
    column: 'text',
    description:
      'As recorded. Sysmon: the process id, decimal. Security 4688: the id of the creator (parent), hexadecimal; 4689 and others: of the process that acted. process_id has one meaning in all of them.',
  },
  {
    name: 'ProcessGuid',
    column: 'text',
    description: "Sysmon: the process's GUID as recorded, mostly in braces. process_guid is its plain form.",
  },
  {
    name: 'ParentImage',
    column: 'low-cardinality',
    description: "Sysmon 1: full path of the parent's program.",
  },
  {
    name: 'ParentCommandLine',
    column: 'text',
    scanned: true,
    description: "Sysmon 1: the parent's command line as recorded (Sysmon doubles no % here).",
  },
  { name: 'ParentProcessId', column: 'text', description: "Sysmon 1: the parent's process id, decimal." },
  {
    name: 'ParentProcessGuid',
    column: 'text',
    scanned: true,
    description: "Sysmon 1: the parent's GUID as recorded.",
  },
  { name: 'ParentUser', description: 'Sysmon 1: account of the parent, with domain.' },
  {
    name: 'User',
    column: 'low-cardinality',
    description: 'Sysmon: account of the process as recorded, `DOMAIN\\name`. `user` has the name alone.',
  },
  {
    name: 'OriginalFileName',
    column: 'low-cardinality',
    description: "Sysmon 1 and 7: the file name in the program's version resource.",
  },
  { name: 'Hashes', column: 'text', description: 'Sysmon: `SHA1=…,MD5=…,SHA256=…,IMPHASH=…`, any of them.' },
  { name: 'CurrentDirectory', column: 'low-cardinality', description: 'Sysmon 1: working directory.' },
  {
    name: 'IntegrityLevel',
    column: 'low-cardinality',
    description: 'Sysmon 1: Low, Medium, High, System, AppContainer.',
  },
  {
    name: 'LogonId',
    column: 'text',
    description: 'Sysmon 1: logon session, hexadecimal, unique in one boot.',
  },
  { name: 'LogonGuid', description: 'Sysmon 1: logon session as a GUID.' },
  { name: 'TerminalSessionId', description: 'Sysmon 1: terminal session.' },
  { name: 'FileVersion', description: "Sysmon 1, 6, 7: version in the file's version resource." },
  {
    name: 'Description',
    description: "Sysmon 1, 7: description in the file's version resource; 255: the error.",
  },
  { name: 'Product', description: "Sysmon 1, 7: product in the file's version resource." },
  { name: 'Company', description: "Sysmon 1, 7: company in the file's version resource." },
  {
    name: 'NewProcessName',
    column: 'low-cardinality',
    scanned: true,
    aliases: ['New_Process_Name'],
    description: "Security 4688: full path of the new process's program.",
  },
  {
    name: 'NewProcessId',
    column: 'text',
    aliases: ['New_Process_ID'],
    description: "Security 4688: the new process's id as recorded, hexadecimal.",
  },
  {
    name: 'ParentProcessName',
    column: 'low-cardinality',
    aliases: ['Creator_Process_Name'],
    description: "Security 4688 (version 2): full path of the creator's program.",
  },
  {
    name: 'Creator_Process_ID',
    description: "Security 4688: the creator's id as recorded (the same text as ProcessId there).",
  },
  {
    name: 'TokenElevationType',
    aliases: ['Token_Elevation_Type'],
    description: 'Security 4688: %%1936 default, %%1937 full, %%1938 limited.',
  },
  {
    name: 'MandatoryLabel',
    aliases: ['Mandatory_Label'],
    description: 'Security 4688 (version 2): integrity level as a SID, S-1-16-….',
  },
  {
    name: 'ProcessName',
    aliases: ['Process_Name'],
    description: 'Security: full path of the program of the process that ended (4689) or acted (others).',
  },
  {
    name: 'SourceImage',
    column: 'low-cardinality',
    description: 'Sysmon 8 and 10: program that reached out.',
  },
  {
    name: 'TargetImage',
    column: 'low-cardinality',
    description: 'Sysmon 8 and 10: program that was reached.',
  },
  { name: 'SourceProcessGUID', description: 'Sysmon 10: GUID of the process that reached out, as recorded.' },
  { name: 'SourceProcessGuid', description: 'Sysmon 8: GUID of the process that reached out, as recorded.' },
  { name: 'SourceProcessId', description: 'Sysmon 8 and 10: id of the process that reached out, decimal.' },
  { name: 'TargetProcessGUID', description: 'Sysmon 10: GUID of the process that was reached, as recorded.' },
  { name: 'TargetProcessGuid', description: 'Sysmon 8: GUID of the process that was reached, as recorded.' },
  { name: 'TargetProcessId', description: 'Sysmon 8 and 10: id of the process that was reached, decimal.' },
  { name: 'GrantedAccess', column: 'low-cardinality', description: 'Sysmon 10: access mask, hexadecimal.' },
  { name: 'CallTrace', description: 'Sysmon 10: modules on the stack of the call.' },
  { name: 'StartModule', description: 'Sysmon 8: module of the start address of the new thread.' },
  { name: 'StartFunction', description: 'Sysmon 8: function at the start address of the new thread.' },
  { name: 'ImageLoaded', column: 'low-cardinality', description: 'Sysmon 6 and 7: path of the module.' },

  {
    name: 'process',
    column: 'text',
    scanned: true,
    description:
      'CIM: command line of the process; where the event has none but names the program (Security without command lines, Sysmon 5), the path of the program.',
  },
  {
    name: 'process_path',
    column: 'low-cardinality',
    scanned: true,
    description: 'CIM: full path of the program.',
  },
  {
    name: 'process_name',
    column: 'low-cardinality',
    description:
      'CIM: file name of the program (process_exec is the same). In Sysmon 8 and 10 process_* is the process that acted (Source*) and target_process_* the one that was reached.',
  },
  { name: 'process_exec', description: 'CIM: file name of the program.' },
  {
    name: 'process_id',
    column: 'text',
    scanned: true,
    description:
      'Process id of the process that the event is about or, in Sysmon 8 and 10, that acted; always decimal, so that Sysmon and Security 4688 (which records hexadecimal) compare equal.',
  },
  {
    name: 'process_guid',
    column: 'text',
    scanned: true,
    description:
      "The process's GUID in lower case without braces; absent where all zero. EDR products: a key in the same form, made of what the product identifies a process by.",
  },
  {
    name: 'parent_process',
    column: 'text',
    scanned: true,
    description: "CIM: the parent's command line; Security 4688, which has none: the path of its program.",
  },
  {
    name: 'parent_process_path',
    column: 'low-cardinality',
    scanned: true,
    description: "CIM: full path of the parent's program.",
  },
  {
    name: 'parent_process_name',
    column: 'low-cardinality',
    description: "CIM: file name of the parent's program.",
  },
  { name: 'parent_process_exec', description: "CIM: file name of the parent's program." },
  {
    name: 'parent_process_id',
    column: 'text',
    scanned: true,
    description: "The parent's process id, always decimal (Security 4688: the creator's).",
  },
  {
    name: 'parent_process_guid',
    column: 'text',
    scanned: true,
    description: "The parent's GUID in lower case without braces; absent where all zero.",
  },
  { name: 'target_process_path', description: 'Full path of the program that was reached (Sysmon 8, 10).' },
  { name: 'target_process_name', description: 'File name of the program that was reached (Sysmon 8, 10).' },
  {
    name: 'target_process_id',
    description: 'Process id that was reached, decimal (Sysmon 8, 10; Security 4690, 4696).',
  },
  {
    name: 'target_process_guid',
    description: 'GUID that was reached, lower case without braces (Sysmon 8, 10).',
  },
  { name: 'process_integrity_level', description: 'CIM: low, medium, high, system … in lower case.' },
  { name: 'process_current_directory', description: 'CIM: working directory.' },
  { name: 'original_file_name', description: "CIM: file name in the program's version resource." },
  { name: 'process_hash', description: 'CIM: hashes of the program or module, as recorded.' },
  { name: 'MD5', description: 'The MD5 out of Hashes.' },
  { name: 'SHA1', description: 'The SHA-1 out of Hashes.' },
  { name: 'SHA256', column: 'text', description: 'The SHA-256 out of Hashes.' },
  { name: 'IMPHASH', description: "The hash of the program's imports out of Hashes." },
  { name: 'parent_user', description: 'Account of the parent without its domain.' },
  { name: 'parent_user_domain', description: 'Domain of `parent_user`, where the product tells it.' },
  {
    name: 'grandparent_process_id',
    description: "EDR products' creations: process id of the parent's parent.",
  },
  { name: 'grandparent_process_guid', description: "EDR products' creations: key of the parent's parent." },
  {
    name: 'grandparent_process_path',
    description: "EDR products' creations: program of the parent's parent.",
  },
  {
    name: 'grandparent_process_name',
    description: "EDR products' creations: file name of the parent's parent.",
  },
  {
    name: 'creator_process_guid',
    description: 'CrowdStrike: key of the process that asked for the creation, where it is not the parent.',
  },
  {
    name: 'creator_process_id',
    description: 'osquery on Windows: process id that asked for the creation, where it is not the parent.',
  },
  { name: 'argv', description: 'Linux audit: arguments of the program, one a value.' },
  {
    name: 'process_exit_status',
    description: 'Exit status of the process that ended, as recorded (Security 4689).',
  },
];
