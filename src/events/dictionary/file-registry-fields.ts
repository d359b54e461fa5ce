import type { FieldDefinition } from '../field-dictionary.ts';

/** Files, registry, pipes and the rest that a process touches. */
export const fileRegistryFields: readonly FieldDefinition[] = [
  {
    name: 'TargetFilename',
    column: 'text',
    description: 'Sysmon 2, 11, 15, 23, 26 to 29: path of the file.',
  },
  { name: 'CreationUtcTime', description: "Sysmon 2, 11, 15: the file's creation time." },
  { name: 'PreviousCreationUtcTime', description: "Sysmon 2: the file's creation time before." },
  { name: 'Hash', description: 'Sysmon 15: hashes of the stream.' },
  { name: 'Contents', description: 'Sysmon 15: text of a small stream.' },
  { name: 'Signed', description: 'Sysmon 6, 7: whether the module is signed.' },
  { name: 'Signature', description: 'Sysmon 6, 7: signer of the module.' },
  { name: 'SignatureStatus', description: 'Sysmon 6, 7: whether the signature is valid.' },
  { name: 'Archived', description: 'Sysmon 23, 24: whether the content was kept.' },
  { name: 'IsExecutable', description: 'Sysmon 23, 26, 28: whether the file is a program.' },
  { name: 'Device', description: 'Sysmon 9: volume that was read.' },
  { name: 'TargetObject', column: 'text', description: 'Sysmon 12 to 14: registry key or value.' },
  {
    name: 'Details',
    column: 'text',
    description:
      'Sysmon 13: the value that was set. Sysmon writes every % twice; here it is once, and Details_raw has the recorded text where it differs.',
  },
  {
    name: 'Details_raw',
    description: 'Sysmon 13: Details as recorded, only where its doubled % were halved.',
  },
  { name: 'NewName', description: 'Sysmon 14: new name of the key or value.' },
  { name: 'PipeName', description: 'Sysmon 17, 18: name of the pipe.' },
  { name: 'file_path', column: 'text', description: 'CIM: path of the file, without the name of a stream.' },
  { name: 'file_name', column: 'low-cardinality', description: 'CIM: file name.' },
  { name: 'file_hash', description: 'CIM: hashes of the file, as recorded.' },
  { name: 'file_create_time', description: "CIM: the file's creation time." },
  { name: 'registry_path', column: 'text', description: 'CIM: registry key with the value, as recorded.' },
  { name: 'registry_hive', description: 'CIM: HKEY_LOCAL_MACHINE, HKEY_USERS ….' },
  { name: 'registry_key_name', description: 'CIM: registry key without the value.' },
  {
    name: 'registry_value_name',
    description: 'CIM: name of the registry value (the last part of the path).',
  },
  { name: 'registry_value_data', description: 'CIM: what was set.' },
  { name: 'registry_value_type', description: 'CIM: type of the value, REG_DWORD ….' },
  { name: 'pipe_name', description: 'Name of the pipe.' },
  { name: 'service_name', description: 'CIM: name of the service (7045, 4697).' },
  { name: 'service_path', description: 'CIM: command line of the service (7045, 4697).' },
];
