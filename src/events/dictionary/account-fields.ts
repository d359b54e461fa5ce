import type { FieldDefinition } from '../field-dictionary.ts';

/** Accounts, logons and what Windows Security says of objects, services and tasks. */
export const accountFields: readonly FieldDefinition[] = [
  {
    name: 'user',
    column: 'low-cardinality',
    description:
      "CIM: account name without its domain. Sysmon: of User. Security: the target's where it is a real one, else the subject's.",
  },
  { name: 'user_domain', description: 'Domain of `user`.' },
  { name: 'user_id', description: 'SID of `user` (Security).' },
  {
    name: 'src_user',
    description: 'CIM: account that asked for it, where it is not `user` (Security: subject).',
  },
  { name: 'src_user_domain', description: 'Domain of `src_user`.' },
  { name: 'SubjectUserSid', description: 'Security: SID of the account that acted.' },
  { name: 'SubjectUserName', column: 'low-cardinality', description: 'Security: account that acted.' },
  { name: 'SubjectDomainName', description: 'Security: domain of the account that acted.' },
  {
    name: 'SubjectLogonId',
    column: 'text',
    description: 'Security: logon session of the account that acted, hexadecimal.',
  },
  { name: 'TargetUserSid', description: 'Security: SID of the account that was acted on or logged on.' },
  {
    name: 'TargetUserName',
    column: 'low-cardinality',
    description: 'Security: account that was acted on, logged on, or given the new process.',
  },
  { name: 'TargetDomainName', description: 'Security: domain of the target account.' },
  {
    name: 'TargetLogonId',
    column: 'text',
    description: 'Security: logon session of the target account, hexadecimal.',
  },
  {
    name: 'TargetLinkedLogonId',
    description: 'Security 4624: the other session of a split administrator token.',
  },
  {
    name: 'Account_Name',
    description: 'Security: account names in the order of the message, the subject first (several values).',
  },
  { name: 'Account_Domain', description: 'Security: domains in the order of the message (several values).' },
  { name: 'Security_ID', description: 'Security: SIDs in the order of the message (several values).' },
  { name: 'Logon_ID', description: 'Security: logon sessions in the order of the message (several values).' },
  {
    name: 'session_id',
    description: 'CIM: logon session of `user`, hexadecimal; on Linux and macOS decimal.',
  },
  {
    name: 'LogonType',
    aliases: ['Logon_Type'],
    description: 'Security 4624, 4625, 4634: kind of logon, a number.',
  },
  {
    name: 'LogonProcessName',
    aliases: ['Logon_Process'],
    description: 'Security 4624, 4625: logon process.',
  },
  {
    name: 'AuthenticationPackageName',
    aliases: ['Authentication_Package'],
    description: 'Security 4624, 4625: authentication package.',
  },
  {
    name: 'WorkstationName',
    aliases: ['Workstation_Name'],
    description: 'Security: computer that the logon came from.',
  },
  {
    name: 'IpAddress',
    aliases: ['Source_Network_Address', 'Client_Address'],
    description: 'Security: address that the logon or request came from.',
  },
  { name: 'IpPort', description: 'Security: port that the logon or request came from.' },
  { name: 'FailureReason', aliases: ['Failure_Reason'], description: 'Security 4625: why the logon failed.' },
  {
    name: 'SubStatus',
    aliases: ['Sub_Status'],
    description: 'Security 4625: status of the failure, in more detail.',
  },
  { name: 'PrivilegeList', aliases: ['Privileges'], description: 'Security 4672 to 4674: privileges.' },
  { name: 'ObjectName', aliases: ['Object_Name'], description: 'Security: name of the object.' },
  { name: 'ObjectType', aliases: ['Object_Type'], description: 'Security: type of the object.' },
  {
    name: 'ObjectServer',
    aliases: ['Object_Server'],
    description: 'Security: subsystem that owns the object.',
  },
  {
    name: 'ObjectValueName',
    aliases: ['Object_Value_Name'],
    description: 'Security 4657: name of the registry value.',
  },
  { name: 'HandleId', aliases: ['Handle_ID'], description: 'Security: handle to the object.' },
  { name: 'AccessMask', aliases: ['Access_Mask'], description: 'Security: access mask, hexadecimal.' },
  { name: 'AccessList', aliases: ['Accesses'], description: 'Security: access rights as %% codes.' },
  { name: 'ShareName', aliases: ['Share_Name'], description: 'Security 5140, 5145: share.' },
  {
    name: 'RelativeTargetName',
    aliases: ['Relative_Target_Name'],
    description: 'Security 5145: path below the share.',
  },
  { name: 'ServiceName', aliases: ['Service_Name'], description: 'Name of the service (4697, 7045, 4769).' },
  {
    name: 'ServiceFileName',
    aliases: ['Service_File_Name'],
    description: 'Security 4697: command line of the service.',
  },
  { name: 'ImagePath', description: 'System 7045: command line of the service.' },
  { name: 'ServiceType', aliases: ['Service_Type'], description: 'Kind of the service.' },
  { name: 'TaskName', aliases: ['Task_Name'], description: 'Name of the scheduled task (4698 to 4702).' },
  {
    name: 'TaskContent',
    aliases: ['Task_Content'],
    description: 'XML of the scheduled task (4698 to 4701).',
  },
  { name: 'TaskContentNew', aliases: ['Task_New_Content'], description: 'XML of the scheduled task (4702).' },
  { name: 'Process_ID', description: 'Security, other than 4688: ProcessId as recorded.' },
  {
    name: 'ClientProcessStartKey',
    description: 'Security 4697 to 4702: key of the process that asked, decimal (boot in the upper 16 bits).',
  },
  { name: 'authentication_method', description: 'CIM: authentication package (Security 4624, 4625).' },
];
