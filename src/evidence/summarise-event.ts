import type { FieldValue } from '../events/event.ts';
import type { EvidenceClass } from './evidence-class.ts';

/** All fields of an event by name, as the store has them. */
export type StoredFields = Readonly<Record<string, FieldValue>>;

/** Longest piece of recorded text in a line; what is cut off is counted. The event's fields have all of it. */
const longestPiece = 400;

type Summarise = (fields: Reader) => string;

/** Reads an event's fields for a line: absent or empty ones are undefined, long ones are cut. */
class Reader {
  private readonly fields: StoredFields;

  constructor(fields: StoredFields) {
    this.fields = fields;
  }

  /** The first of the names that has a value. */
  get(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.fields[name];
      const text = typeof value === 'string' ? value : value?.join('; ');
      if (text !== undefined && text !== '' && text !== '-') return cut(text);
    }
    return undefined;
  }

  /** As `get`, with a word for what is not recorded. */
  say(...names: readonly string[]): string {
    return this.get(...names) ?? '(not recorded)';
  }
}

function cut(text: string): string {
  const head = text.length > longestPiece * 2 ? text.slice(0, longestPiece * 2) : text;
  const line = head.replace(/[\r\n\t]+/g, ' ').trim();
  return text.length === head.length && line.length <= longestPiece
    ? line
    : `${line.slice(0, longestPiece)}… (${text.length.toLocaleString('en')} characters)`;
}

function address(host: string | undefined, ip: string | undefined, port: string | undefined): string {
  const name = host !== undefined && host !== ip ? host : undefined;
  const bare = ip?.includes(':') && port !== undefined ? `[${ip}]` : ip;
  const place = bare ?? name ?? '(address not recorded)';
  const tail = port === undefined ? '' : `:${port}`;
  return name !== undefined && bare !== undefined ? `${bare}${tail} (${name})` : `${place}${tail}`;
}

function network(event: Reader): string {
  const there = address(
    event.get('DestinationHostname', 'dest_host'),
    event.get('dest_ip', 'DestinationIp'),
    event.get('dest_port', 'DestinationPort'),
  );
  const here = address(
    event.get('SourceHostname', 'src_host'),
    event.get('src_ip', 'SourceIp'),
    event.get('src_port', 'SourcePort'),
  );
  const transport = event.get('transport');
  const over = transport === undefined ? '' : ` over ${transport}`;
  switch (event.get('EventCode')) {
    case '5154':
      return `listened on ${here}${over}`;
    case '5158':
      return `was given the local port ${here}${over}`;
    case '5155':
    case '5159':
      return `was refused the local port ${here}${over}`;
    case '5152':
    case '5157':
      return event.get('direction') === 'inbound'
        ? `connection from ${here} blocked${over}`
        : `connection to ${there} blocked${over}`;
    default:
  }
  return event.get('direction') === 'inbound'
    ? `accepted a connection between ${here} and ${there}${over}`
    : `connected to ${there}${over}`;
}

const dnsStatus: Readonly<Record<string, string>> = {
  '9003': 'no such name',
  '9501': 'no records',
  '9701': 'no record',
  '1460': 'no answer in time',
};

function dns(event: Reader): string {
  const status = event.get('QueryStatus', 'reply_code_id');
  const answers = event
    .get('QueryResults', 'answer')
    ?.replace(/^;+|;+$/g, '')
    .split(';')
    .map(answer)
    .join(', ');
  const failed = status !== undefined && status !== '0';
  const said = failed ? `${dnsStatus[status] ?? 'failed'} (${status})` : answers;
  return `looked up ${event.say('QueryName', 'query')}${said === undefined ? '' : ` → ${said}`}`;
}

/** `type:  5 name` is an alias; `::ffff:` stands before addresses of the old kind. */
function answer(text: string): string {
  return text
    .trim()
    .replace(/^type:\s*5\s+/, 'alias ')
    .replace(/^type:\s*(\d+)\s+/, 'type $1 ')
    .replace(/^::ffff:/, '');
}

const hiveNames: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^HKU\\S-1-5-21(-\d+){4}(?=\\)/i, 'HKCU'],
  [/^\\REGISTRY\\MACHINE(?=\\|$)/i, 'HKLM'],
  [/^\\REGISTRY\\USER\\S-1-5-21(-\d+){4}(?=\\)/i, 'HKCU'],
  [/^\\REGISTRY\\USER(?=\\|$)/i, 'HKU'],
];

/** A key as people know it. A user's own hive is called HKCU; the event's fields say whose. */
function registryName(path: string): string {
  for (const [pattern, name] of hiveNames) if (pattern.test(path)) return path.replace(pattern, name);
  return path;
}

function registry(event: Reader): string {
  const path = registryName(event.say('registry_path', 'TargetObject', 'ObjectName'));
  const data = event.get('registry_value_data', 'Details', 'NewValue');
  const set = `set ${path}${data === undefined ? '' : ` = ${data}`}`;
  switch (event.get('EventType')) {
    case 'CreateKey':
      return `created the key ${path}`;
    case 'DeleteKey':
      return `deleted the key ${path}`;
    case 'DeleteValue':
      return `deleted the value ${path}`;
    case 'RenameKey':
    case 'RenameValue':
      return `renamed ${path} to ${registryName(event.say('NewName'))}`;
    case 'SetValue':
      return set;
    default:
  }
  if (event.get('EventCode') === '4657') {
    const old = event.get('OldValue');
    return `${set}${old === undefined ? '' : `, was ${old}`}`;
  }
  return `${objectVerb(event)} the key ${path}`;
}

/** The codes of Security events for rights on files, keys and processes. */
const accessRights: Readonly<Record<string, string>> = {
  '%%4416': 'read',
  '%%4417': 'write',
  '%%4418': 'append',
  '%%4419': 'read extended attributes',
  '%%4420': 'write extended attributes',
  '%%4421': 'execute',
  '%%4422': 'delete children',
  '%%4423': 'read attributes',
  '%%4424': 'write attributes',
  '%%4432': 'query values',
  '%%4433': 'set values',
  '%%4434': 'create sub-keys',
  '%%4435': 'list sub-keys',
  '%%4436': 'watch',
  '%%4437': 'create a link',
  '%%4480': 'terminate',
  '%%4481': 'create threads',
  '%%4483': 'change memory rights',
  '%%4484': 'read memory',
  '%%4485': 'write memory',
  '%%4486': 'duplicate handles',
  '%%4487': 'create processes',
  '%%4488': 'set quotas',
  '%%4489': 'set information',
  '%%4490': 'query information',
  '%%4492': 'query limited information',
  '%%1537': 'delete',
  '%%1538': 'read its rights',
  '%%1539': 'change its rights',
  '%%1540': 'take ownership',
  '%%1541': 'wait for it',
};

function rights(event: Reader): string {
  const list = event.get('AccessList');
  const known = list
    ?.split(/\s+/)
    .map((code) => accessRights[code] ?? code)
    .filter((word) => word !== '')
    .join(', ');
  const mask = event.get('AccessMask');
  return known ? ` (${known})` : mask === undefined ? '' : ` (${mask})`;
}

function objectVerb(event: Reader): string {
  switch (event.get('EventCode')) {
    case '4656':
    case '4661':
      return event.get('action') === 'failure' ? 'was refused' : 'asked for';
    case '4658':
      return 'closed';
    case '4660':
      return 'deleted';
    case '4663':
      return 'used';
    case '4670':
      return 'changed the rights of';
    default:
      return 'touched';
  }
}

function objectAccess(event: Reader): string {
  if (event.get('EventCode') === '4690')
    return `duplicated handle ${event.say('SourceHandleId')} into process ${event.say('target_process_id')}`;
  const name = event.get('ObjectName', 'file_path');
  const type = event.get('ObjectType');
  // 4658, 4660 and 4690 name no object: the handle does.
  const object =
    name ?? (event.get('HandleId') === undefined ? '(not recorded)' : `handle ${event.say('HandleId')}`);
  return `${objectVerb(event)} ${type === undefined || type === 'File' ? '' : `${type} `}${object}${rights(event)}`;
}

function named(event: Reader, path: string, pid: string): string {
  const id = event.get(pid);
  return `${event.say(path)}${id === undefined ? '' : ` (${id})`}`;
}

function processAccess(event: Reader): string {
  if (event.get('GrantedAccess') === undefined) return objectAccess(event);
  return `opened ${named(event, 'TargetImage', 'target_process_id')} with ${event.say('GrantedAccess')}`;
}

function thread(event: Reader): string {
  const module = event.get('StartModule');
  const start = event.get('StartAddress');
  const place =
    module === undefined
      ? start
      : `${module}${event.get('StartFunction') ? `!${event.say('StartFunction')}` : ''}`;
  return place === undefined ? '' : ` at ${place}`;
}

function wmi(event: Reader): string {
  const operation = (event.get('Operation') ?? 'wrote').toLowerCase();
  switch (event.get('EventCode')) {
    case '19':
      return `WMI filter ${operation}: ${event.say('Name')}: ${event.say('Query')}`;
    case '20':
      return `WMI consumer ${operation}: ${event.say('Name')} (${event.say('Type')}): ${event.say('Destination')}`;
    case '21':
      return `WMI binding ${operation}: ${event.say('Consumer')} to ${event.say('Filter')}`;
    default:
      return `WMI event ${event.say('EventCode')}: ${event.say('Operation', 'ESS', 'Consumer', 'Message', 'signature')}`;
  }
}

function script(event: Reader): string {
  const part = event.get('MessageTotal');
  const many = part !== undefined && part !== '1' ? ` (part ${event.say('MessageNumber')} of ${part})` : '';
  const path = event.get('Path', 'ScriptName');
  const from = path === undefined ? '' : ` from ${path}`;
  return `ran script${many}${from}: ${event.say('ScriptBlockText', 'Payload', 'HostApplication', 'process', 'Message')}`;
}

function signed(event: Reader): string {
  const signedFlag = event.get('Signed')?.toLowerCase();
  if (signedFlag === 'false') return ', not signed';
  const status = event.get('SignatureStatus');
  const by = event.get('Signature');
  if (signedFlag !== 'true') return '';
  return `${by === undefined ? ', signed' : `, signed by ${by}`}${status === undefined || status === 'Valid' ? '' : ` (${status})`}`;
}

function fileDeleted(event: Reader): string {
  const archived = event.get('Archived')?.toLowerCase();
  return `deleted ${event.say('TargetFilename', 'file_path')}${archived === 'true' ? ' (the sensor kept a copy)' : ''}`;
}

function other(event: Reader): string {
  const code = event.get('EventCode');
  const what = event.get('signature', 'ObjectName', 'Message') ?? 'event';
  return code === undefined ? what : `${what} (${code})`;
}

/** A new class fails to compile until it has its line. */
const summaries: Readonly<Record<EvidenceClass, Summarise>> = {
  start: (event) => `started: ${event.say('CommandLine', 'process', 'process_path')}`,
  end: (event) => {
    const status = event.get('process_exit_status');
    return status === undefined ? 'ended' : `ended with status ${status}`;
  },
  child: (event) =>
    `started ${event.say('process_name', 'process_path')} (${event.say('process_id')}): ${event.say('CommandLine', 'process', 'process_path')}`,
  'file-created': (event) => `wrote ${event.say('TargetFilename', 'file_path')}`,
  'file-executable': (event) => `wrote the executable ${event.say('TargetFilename', 'file_path')}`,
  'file-deleted': fileDeleted,
  'file-time-changed': (event) =>
    `set the creation time of ${event.say('TargetFilename', 'file_path')} to ${event.say('CreationUtcTime')}, was ${event.say('PreviousCreationUtcTime')}`,
  'file-stream': (event) => {
    const contents = event.get('Contents');
    return `wrote the stream ${event.say('TargetFilename', 'file_path')}${contents === undefined ? '' : `: ${contents}`}`;
  },
  'file-blocked': (event) =>
    `was kept from ${event.get('EventCode') === '28' ? 'shredding' : 'writing'} ${event.say('TargetFilename', 'file_path')}`,
  'file-access': objectAccess,
  registry,
  network,
  dns,
  pipe: (event) =>
    `${event.get('EventCode') === '18' ? 'connected to' : 'created'} the pipe ${event.say('PipeName', 'pipe_name')}`,
  module: (event) => `loaded ${event.say('ImageLoaded')}${signed(event)}`,
  driver: (event) => `loaded the driver ${event.say('ImageLoaded')}${signed(event)}`,
  'thread-made': (event) =>
    `started a thread in ${named(event, 'TargetImage', 'target_process_id')}${thread(event)}`,
  'thread-received': (event) =>
    `${named(event, 'SourceImage', 'process_id')} started a thread in it${thread(event)}`,
  'access-made': processAccess,
  'access-received': (event) =>
    `${named(event, 'SourceImage', 'process_id')} opened it with ${event.say('GrantedAccess', 'AccessMask')}`,
  'raw-access': (event) => `read the volume ${event.say('Device')} raw`,
  tampering: (event) => `its image was tampered with: ${event.say('Type')}`,
  script,
  wmi,
  clipboard: (event) => `changed the clipboard, ${event.say('ClientInfo')}`,
  service: (event) =>
    `installed the service ${event.say('service_name', 'ServiceName')}: ${event.say('service_path', 'ServiceFileName', 'ImagePath')}`,
  'scheduled-task': (event) =>
    `${event.get('signature') ?? 'A scheduled task was changed'}: ${event.say('TaskName')}`,
  privilege: (event) => {
    const list = event.get('PrivilegeList', 'EnabledPrivilegeList');
    return `${event.get('signature') ?? 'privilege used'}${list === undefined ? '' : `: ${list}`}`;
  },
  logon: (event) =>
    `${event.get('signature') ?? 'logon'}: ${event.say('TargetUserName', 'user')}${event.get('LogonType') === undefined ? '' : `, type ${event.say('LogonType')}`}${event.get('IpAddress') === undefined ? '' : `, from ${event.say('IpAddress')}`}`,
  account: (event) => `${event.get('signature') ?? 'account event'}: ${event.say('TargetUserName', 'user')}`,
  'object-access': objectAccess,
  other,
  'other-received': other,
};

/**
 * One line of what an event tells, seen from the process that it is evidence of: `wrote C:\…\x.dll`. Recorded text in it
 * is as recorded (line breaks become blanks, long texts are cut and say so); whoever shows it makes it safe.
 */
export function summariseEvent(evidenceClass: EvidenceClass, fields: StoredFields): string {
  return summaries[evidenceClass](new Reader(fields));
}
