import { type CimRule, otherwise, rule } from '../cim-rules.ts';

const device: readonly CimRule[] = [
  rule('dvc', 'Computer'),
  rule('dest', 'Computer'),
  rule('signature_id', 'EventCode'),
  rule('user', 'User', 'account'),
  rule('user_domain', 'User', 'domain'),
];

/** The process that acted (for EID 1 the new one, for EID 5 the one that ended). */
const process: readonly CimRule[] = [
  rule('process_path', 'Image'),
  rule('process_name', 'Image', 'file-name'),
  rule('process_exec', 'Image', 'file-name'),
  rule('process_id', 'ProcessId', 'process-id'),
  rule('process_guid', 'ProcessGuid', 'guid'),
];

const imageAsProcess = rule('process', 'Image');

const parent: readonly CimRule[] = [
  rule('parent_process', 'ParentCommandLine'),
  rule('parent_process_path', 'ParentImage'),
  rule('parent_process_name', 'ParentImage', 'file-name'),
  rule('parent_process_exec', 'ParentImage', 'file-name'),
  rule('parent_process_id', 'ParentProcessId', 'process-id'),
  rule('parent_process_guid', 'ParentProcessGuid', 'guid'),
  rule('parent_user', 'ParentUser', 'account'),
];

/**
 * EID 8 and 10: the process that acted is Source*. Splunk's newer add-on calls the target `process_*` and the source
 * `parent_process_*`; a source is no parent, so here the target has names of its own.
 */
const sourceAndTarget: readonly CimRule[] = [
  rule('process_path', 'SourceImage'),
  rule('process_name', 'SourceImage', 'file-name'),
  rule('process_exec', 'SourceImage', 'file-name'),
  rule('process_id', 'SourceProcessId', 'process-id'),
  rule('process_guid', 'SourceProcessGUID', 'guid'),
  otherwise('process_guid', 'SourceProcessGuid', 'guid'),
  rule('target_process_path', 'TargetImage'),
  rule('target_process_name', 'TargetImage', 'file-name'),
  rule('target_process_id', 'TargetProcessId', 'process-id'),
  rule('target_process_guid', 'TargetProcessGUID', 'guid'),
  otherwise('target_process_guid', 'TargetProcessGuid', 'guid'),
  rule('user', 'SourceUser', 'account'),
  rule('user_domain', 'SourceUser', 'domain'),
];

const file: readonly CimRule[] = [
  rule('file_path', 'TargetFilename', 'without-stream'),
  rule('file_name', 'file_path', 'file-name'),
  rule('file_create_time', 'CreationUtcTime'),
];

const fileHash = rule('file_hash', 'Hashes');
const processHash = rule('process_hash', 'Hashes');
const registry = rule('registry_path', 'TargetObject');
const pipe = rule('pipe_name', 'PipeName');

const network: readonly CimRule[] = [
  rule('app', 'Image'),
  rule('transport', 'Protocol', 'lower'),
  rule('src_ip', 'SourceIp'),
  rule('src_host', 'SourceHostname'),
  rule('src_port', 'SourcePort'),
  rule('src', 'SourceIp'),
  rule('src', 'SourceHostname'),
  rule('dest_ip', 'DestinationIp'),
  rule('dest_host', 'DestinationHostname'),
  rule('dest_port', 'DestinationPort'),
  rule('dest', 'DestinationIp'),
  rule('dest', 'DestinationHostname'),
];

/** What each event's normalised fields are made from. */
export const sysmonRules: ReadonlyMap<string, readonly CimRule[]> = new Map<string, readonly CimRule[]>([
  [
    '1',
    [
      ...device,
      ...process,
      rule('process', 'CommandLine'),
      ...parent,
      rule('process_current_directory', 'CurrentDirectory'),
      rule('process_integrity_level', 'IntegrityLevel', 'lower'),
      rule('original_file_name', 'OriginalFileName'),
      processHash,
    ],
  ],
  ['2', [...device, ...process, ...file]],
  ['3', [...device, ...process, ...network]],
  ['4', device],
  ['5', [...device, ...process, imageAsProcess]],
  ['6', [...device, processHash]],
  ['7', [...device, ...process, processHash, rule('original_file_name', 'OriginalFileName')]],
  ['8', [...device, ...sourceAndTarget]],
  ['9', [...device, ...process]],
  ['10', [...device, ...sourceAndTarget]],
  ['11', [...device, ...process, ...file]],
  ['12', [...device, ...process, registry]],
  ['13', [...device, ...process, registry]],
  ['14', [...device, ...process, registry]],
  ['15', [...device, ...process, ...file, rule('file_hash', 'Hash')]],
  ['16', device],
  ['17', [...device, ...process, pipe]],
  ['18', [...device, ...process, pipe]],
  ['19', device],
  ['20', device],
  ['21', device],
  [
    '22',
    [
      ...device,
      ...process,
      rule('src', 'Computer'),
      rule('query', 'QueryName'),
      rule('reply_code_id', 'QueryStatus'),
    ],
  ],
  ['23', [...device, ...process, ...file, fileHash]],
  ['24', [...device, ...process, fileHash]],
  ['25', [...device, ...process]],
  ['26', [...device, ...process, ...file, fileHash]],
  ['27', [...device, ...process, imageAsProcess, ...file, fileHash]],
  ['28', [...device, ...process, imageAsProcess, ...file, fileHash]],
  ['29', [...device, ...process, ...file, fileHash]],
  ['255', device],
]);

/** For an event id that this table does not know yet. */
export const unknownSysmonRules: readonly CimRule[] = [...device, ...process, ...file];
