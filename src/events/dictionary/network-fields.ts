import type { FieldDefinition } from '../field-dictionary.ts';

/** Connections and names. */
export const networkFields: readonly FieldDefinition[] = [
  { name: 'SourceIp', description: 'Sysmon 3: address on the source side.' },
  { name: 'SourceHostname', description: 'Sysmon 3: name on the source side.' },
  {
    name: 'SourcePort',
    description: 'Port on the source side (Sysmon 3, Security 5156).',
  },
  { name: 'DestinationIp', description: 'Sysmon 3: address on the destination side.' },
  { name: 'DestinationHostname', description: 'Sysmon 3: name on the destination side.' },
  { name: 'DestinationPort', description: 'Sysmon 3: port on the destination side.' },
  {
    name: 'DestAddress',
    aliases: ['Destination_Address'],
    description: 'Security 5156: destination address.',
  },
  { name: 'DestPort', aliases: ['Destination_Port'], description: 'Security 5156: destination port.' },
  { name: 'SourceAddress', aliases: ['Source_Address'], description: 'Security 5156: source address.' },
  {
    name: 'Application',
    aliases: ['Application_Name'],
    description: 'Security 5156, 5158: path of the program, by device.',
  },
  { name: 'Initiated', description: 'Sysmon 3: whether the process opened the connection.' },
  { name: 'Protocol', description: 'Sysmon 3: tcp or udp; Security 5156: number.' },
  {
    name: 'QueryName',
    column: 'text',
    description: 'Sysmon 22: name that was asked for; 19 to 21 have Query and Name.',
  },
  { name: 'QueryStatus', description: 'Sysmon 22: status, 0 for success, 9003 for no such name.' },
  { name: 'QueryResults', description: 'Sysmon 22: answers as recorded.' },
  { name: 'src', description: 'CIM: name or address that the connection, logon or request came from.' },
  { name: 'src_ip', column: 'low-cardinality', description: 'CIM: source address.' },
  { name: 'src_host', description: 'CIM: source name.' },
  { name: 'src_port', column: 'text', description: 'CIM: source port.' },
  {
    name: 'dest',
    column: 'low-cardinality',
    description:
      'CIM: for connections the name, else the address, that was reached; for all else the computer.',
  },
  { name: 'dest_ip', column: 'low-cardinality', description: 'CIM: destination address.' },
  { name: 'dest_host', description: 'CIM: destination name.' },
  { name: 'dest_port', column: 'low-cardinality', description: 'CIM: destination port.' },
  { name: 'dvc', description: 'CIM: computer that recorded the event.' },
  { name: 'transport', description: 'CIM: tcp or udp.' },
  { name: 'direction', description: 'CIM: outbound or inbound, as the sensor says.' },
  { name: 'app', description: 'CIM: program (Sysmon 3: Image; Security 4624: authentication package).' },
  {
    name: 'action',
    column: 'low-cardinality',
    description: 'CIM: allowed, blocked, success, failure, created, modified, deleted ….',
  },
  { name: 'query', column: 'text', description: 'CIM: name that was asked for.' },
  { name: 'answer', description: 'CIM: answers (several values).' },
  { name: 'reply_code_id', description: 'CIM: status of the answer.' },
];
