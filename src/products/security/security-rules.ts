import { type CimRule, otherwise, rule } from '../cim-rules.ts';

/** For all Security events. */
export const commonSecurityRules: readonly CimRule[] = [
  rule('dvc', 'Computer'),
  rule('dest', 'Computer'),
  rule('signature_id', 'EventCode'),
];

/** Where ProcessId and ProcessName are of the process that acted (all but 4688). */
const acting: readonly CimRule[] = [
  rule('process_path', 'ProcessName'),
  rule('process_name', 'ProcessName', 'file-name'),
  rule('process_exec', 'ProcessName', 'file-name'),
  rule('process_id', 'ProcessId', 'process-id'),
  rule('Process_ID', 'ProcessId'),
];

/** 4697 to 4702 of newer builds name the client that asked; decimal. */
const client: readonly CimRule[] = [
  rule('process_id', 'ClientProcessId', 'process-id'),
  rule('parent_process_id', 'ParentProcessId', 'process-id'),
];

const filtering: readonly CimRule[] = [
  rule('process_path', 'Application'),
  rule('process_name', 'Application', 'file-name'),
  rule('process_exec', 'Application', 'file-name'),
  rule('process_id', 'ProcessID', 'process-id'),
  otherwise('process_id', 'ProcessId', 'process-id'),
  rule('app', 'Application'),
  rule('src_ip', 'SourceAddress'),
  rule('src', 'SourceAddress'),
  rule('src_port', 'SourcePort'),
  rule('dest_ip', 'DestAddress'),
  rule('dest', 'DestAddress'),
  rule('dest_port', 'DestPort'),
];

const logon: readonly CimRule[] = [
  ...acting,
  rule('src_ip', 'IpAddress'),
  rule('src_port', 'IpPort'),
  rule('src', 'IpAddress'),
  rule('src', 'WorkstationName'),
  rule('authentication_method', 'AuthenticationPackageName'),
  rule('app', 'AuthenticationPackageName'),
];

const share: readonly CimRule[] = [
  rule('src_ip', 'IpAddress'),
  rule('src_port', 'IpPort'),
  rule('src', 'IpAddress'),
  rule('file_path', 'RelativeTargetName'),
  rule('file_name', 'RelativeTargetName', 'file-name'),
];

const service: readonly CimRule[] = [
  rule('service_name', 'ServiceName'),
  rule('service_path', 'ServiceFileName'),
  ...client,
];

/** A remote session comes and goes; these name the account as neither subject nor target. */
const session: readonly CimRule[] = [
  rule('user', 'AccountName', 'account'),
  rule('user_domain', 'AccountDomain'),
  rule('src', 'ClientAddress'),
  rule('src', 'ClientName'),
  rule('src_ip', 'ClientAddress'),
];

const caller: readonly CimRule[] = [
  rule('process_path', 'CallerProcessName'),
  rule('process_name', 'CallerProcessName', 'file-name'),
  rule('process_exec', 'CallerProcessName', 'file-name'),
  rule('process_id', 'CallerProcessId', 'process-id'),
];

/**
 * What each event's normalised fields are made from, besides accounts (`accounts.ts`). In 4688 `ProcessId` is the creator's
 * and `NewProcessId` the new process's, both hexadecimal; 5156 has `ProcessID` and 5158 `ProcessId`, both decimal.
 */
export const securityRules: ReadonlyMap<string, readonly CimRule[]> = new Map<string, readonly CimRule[]>([
  [
    '4688',
    [
      rule('process_path', 'NewProcessName'),
      rule('process_name', 'NewProcessName', 'file-name'),
      rule('process_exec', 'NewProcessName', 'file-name'),
      rule('process_id', 'NewProcessId', 'process-id'),
      rule('process', 'CommandLine'),
      rule('parent_process', 'ParentProcessName'),
      rule('parent_process_path', 'ParentProcessName'),
      rule('parent_process_name', 'ParentProcessName', 'file-name'),
      rule('parent_process_exec', 'ParentProcessName', 'file-name'),
      rule('parent_process_id', 'ProcessId', 'process-id'),
      rule('Creator_Process_ID', 'ProcessId'),
    ],
  ],
  ['4689', [...acting, rule('process', 'ProcessName'), rule('process_exit_status', 'Status')]],
  ['4696', [...acting, rule('target_process_id', 'TargetProcessId', 'process-id')]],
  [
    '4690',
    [
      rule('process_id', 'SourceProcessId', 'process-id'),
      rule('target_process_id', 'TargetProcessId', 'process-id'),
    ],
  ],
  ['4624', logon],
  ['4625', logon],
  ['4648', logon],
  ['4768', logon],
  ['4769', logon],
  ['4771', logon],
  ['4776', [rule('src', 'Workstation'), rule('authentication_method', 'PackageName')]],
  ['4778', session],
  ['4779', session],
  ['4798', caller],
  ['4799', caller],
  ['4656', acting],
  [
    '4657',
    [...acting, rule('registry_value_name', 'ObjectValueName'), rule('registry_value_data', 'NewValue')],
  ],
  ['4658', acting],
  ['4660', acting],
  ['4663', acting],
  ['4670', acting],
  ['4673', acting],
  ['4674', acting],
  ['4697', service],
  ['4698', client],
  ['4699', client],
  ['4700', client],
  ['4701', client],
  ['4702', client],
  ['4703', acting],
  ['5140', share],
  ['5145', share],
  ['5152', filtering],
  ['5154', filtering],
  ['5155', filtering],
  ['5156', filtering],
  ['5157', filtering],
  ['5158', filtering],
  ['5159', filtering],
]);

/** For the other ids: a process, where the event names one. */
export const otherSecurityRules: readonly CimRule[] = acting;
