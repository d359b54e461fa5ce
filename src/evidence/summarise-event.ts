import type { FieldValue } from '../events/event.ts';
import type { EvidenceClass } from './evidence-class.ts';
import {
  type AccessRight,
  type EvidencePhrase,
  type EvidencePiece,
  englishLine,
  piece,
} from './evidence-phrase.ts';

/** All fields of an event by name, as the store has them. */
export type StoredFields = Readonly<Record<string, FieldValue>>;

/** Longest piece of recorded text in a line; what is cut off is counted. The event's fields have all of it. */
const longestPiece = 400;

type Summarise = (fields: Reader) => readonly EvidencePiece[];

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
}

/** The beginning of a long text, with the number of characters that are left out. */
function cut(text: string): string {
  const head = text.length > longestPiece * 2 ? text.slice(0, longestPiece * 2) : text;
  const line = head.replace(/[\r\n\t]+/g, ' ').trim();
  if (text.length === head.length && line.length <= longestPiece) return line;
  return `${line.slice(0, longestPiece)}… +${(text.length - longestPiece).toLocaleString('en')}`;
}

function optional(text: string | undefined, phrase: EvidencePhrase): readonly EvidencePiece[] {
  return text === undefined ? [] : [piece(phrase, text)];
}

function address(
  host: string | undefined,
  ip: string | undefined,
  port: string | undefined,
): string | undefined {
  const name = host !== undefined && host !== ip ? host : undefined;
  const bare = ip?.includes(':') && port !== undefined ? `[${ip}]` : ip;
  const tail = port === undefined ? '' : `:${port}`;
  if (name !== undefined && bare !== undefined) return `${bare}${tail} (${name})`;
  const place = bare ?? name;
  return place === undefined ? undefined : `${place}${tail}`;
}

function network(event: Reader): readonly EvidencePiece[] {
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
  const isInbound = event.get('direction') === 'inbound';
  const over = optional(event.get('transport'), ' over %s');
  switch (event.get('EventCode')) {
    case '5154':
      return [piece('listened on %s', here), ...over];
    case '5158':
      return [piece('was given the local port %s', here), ...over];
    case '5155':
    case '5159':
      return [piece('was refused the local port %s', here), ...over];
    case '5152':
    case '5157':
      return [
        isInbound ? piece('connection from %s blocked', here) : piece('connection to %s blocked', there),
        ...over,
      ];
    default:
  }
  return [
    isInbound
      ? piece('accepted a connection between %s and %s', here, there)
      : piece('connected to %s', there),
    ...over,
  ];
}

function dns(event: Reader): readonly EvidencePiece[] {
  const status = event.get('QueryStatus', 'reply_code_id');
  const answers = event
    .get('QueryResults', 'answer')
    ?.replace(/^;+|;+$/g, '')
    .split(';')
    .map(answer)
    .join(', ');
  const asked = piece('looked up %s', event.get('QueryName', 'query'));
  if (status === undefined || status === '0') return [asked, ...optional(answers, ' → %s')];
  return [asked, piece(dnsStatus[status] ?? ' → failed (%s)', status)];
}

const dnsStatus: Readonly<Record<string, EvidencePhrase>> = {
  '9003': ' → no such name (%s)',
  '9501': ' → no records (%s)',
  '9701': ' → no record (%s)',
  '1460': ' → no answer in time (%s)',
};

/** `type:  5 name` is an alias; `::ffff:` stands before addresses of the old kind. */
function answer(text: string): string {
  return text
    .trim()
    .replace(/^type:\s*5\s+/, 'CNAME ')
    .replace(/^type:\s*(\d+)\s+/, 'TYPE$1 ')
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

function registry(event: Reader): readonly EvidencePiece[] {
  const recorded = event.get('registry_path', 'TargetObject', 'ObjectName');
  const path = recorded === undefined ? undefined : registryName(recorded);
  const data = event.get('registry_value_data', 'Details', 'NewValue');
  const set = [piece('set %s', path), ...optional(data, ' = %s')];
  switch (event.get('EventType')) {
    case 'CreateKey':
      return [piece('created the key %s', path)];
    case 'DeleteKey':
      return [piece('deleted the key %s', path)];
    case 'DeleteValue':
      return [piece('deleted the value %s', path)];
    case 'RenameKey':
    case 'RenameValue': {
      const name = event.get('NewName');
      return [piece('renamed %s to %s', path, name === undefined ? undefined : registryName(name))];
    }
    case 'SetValue':
      return set;
    default:
  }
  if (event.get('EventCode') === '4657') return [...set, ...optional(event.get('OldValue'), ', was %s')];
  return [piece(objectVerb(event), path === undefined ? undefined : `Key ${path}`)];
}

/** The codes of Security events for rights on files, keys and processes. */
const accessRights: Readonly<Record<string, AccessRight>> = {
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

function rights(event: Reader): readonly EvidencePiece[] {
  const known = event
    .get('AccessList')
    ?.split(/\s+/)
    .filter((code) => code !== '')
    .map((code, place) => {
      const right = accessRights[code];
      if (right === undefined) return piece(place === 0 ? ' (%s' : ', %s', code);
      return piece(place === 0 ? ` (${right}` : `, ${right}`);
    });
  if (known !== undefined && known.length > 0) return [...known, piece(')')];
  return optional(event.get('AccessMask'), ' (%s)');
}

function objectVerb(event: Reader): EvidencePhrase {
  switch (event.get('EventCode')) {
    case '4656':
    case '4661':
      return event.get('action') === 'failure' ? 'was refused %s' : 'asked for %s';
    case '4658':
      return 'closed %s';
    case '4660':
      return 'deleted %s';
    case '4663':
      return 'used %s';
    case '4670':
      return 'changed the rights of %s';
    default:
      return 'touched %s';
  }
}

function objectAccess(event: Reader): readonly EvidencePiece[] {
  if (event.get('EventCode') === '4690')
    return [
      piece(
        'duplicated handle %s into process %s',
        event.get('SourceHandleId'),
        event.get('target_process_id'),
      ),
    ];
  const name = event.get('ObjectName', 'file_path');
  const type = event.get('ObjectType');
  const handle = event.get('HandleId');
  // 4658, 4660 and 4690 name no object: the handle does.
  const object = name ?? (handle === undefined ? undefined : `Handle ${handle}`);
  const ofType = type === undefined || type === 'File' || object === undefined ? '' : `${type} `;
  return [piece(objectVerb(event), object === undefined ? type : `${ofType}${object}`), ...rights(event)];
}

function named(event: Reader, path: string, pid: string): string | undefined {
  const id = event.get(pid);
  const name = event.get(path);
  return id === undefined ? name : `${name ?? ''} (${id})`.trimStart();
}

function processAccess(event: Reader): readonly EvidencePiece[] {
  const access = event.get('GrantedAccess');
  if (access === undefined) return objectAccess(event);
  return [piece('opened %s with %s', named(event, 'TargetImage', 'target_process_id'), access)];
}

function thread(event: Reader): readonly EvidencePiece[] {
  const module = event.get('StartModule');
  const inside = event.get('StartFunction');
  const place =
    module === undefined ? event.get('StartAddress') : `${module}${inside === undefined ? '' : `!${inside}`}`;
  return optional(place, ' at %s');
}

function wmi(event: Reader): readonly EvidencePiece[] {
  const operation = event.get('Operation')?.toLowerCase();
  switch (event.get('EventCode')) {
    case '19':
      return [piece('WMI filter %s: %s: %s', operation, event.get('Name'), event.get('Query'))];
    case '20':
      return [
        piece(
          'WMI consumer %s: %s (%s): %s',
          operation,
          event.get('Name'),
          event.get('Type'),
          event.get('Destination'),
        ),
      ];
    case '21':
      return [piece('WMI binding %s: %s to %s', operation, event.get('Consumer'), event.get('Filter'))];
    default:
      return [
        piece(
          'WMI event %s: %s',
          event.get('EventCode'),
          event.get('Operation', 'ESS', 'Consumer', 'Message', 'signature'),
        ),
      ];
  }
}

function script(event: Reader): readonly EvidencePiece[] {
  const parts = event.get('MessageTotal');
  return [
    piece('ran script'),
    ...(parts === undefined || parts === '1'
      ? []
      : [piece(' (part %s of %s)', event.get('MessageNumber'), parts)]),
    ...optional(event.get('Path', 'ScriptName'), ' from %s'),
    piece(': %s', event.get('ScriptBlockText', 'Payload', 'HostApplication', 'process', 'Message')),
  ];
}

function signed(event: Reader): readonly EvidencePiece[] {
  const isSigned = event.get('Signed')?.toLowerCase();
  if (isSigned === 'false') return [piece(', not signed')];
  if (isSigned !== 'true') return [];
  const by = event.get('Signature');
  const status = event.get('SignatureStatus');
  return [
    by === undefined ? piece(', signed') : piece(', signed by %s', by),
    ...(status === 'Valid' ? [] : optional(status, ' (%s)')),
  ];
}

function file(event: Reader): string | undefined {
  return event.get('TargetFilename', 'file_path');
}

function other(event: Reader): readonly EvidencePiece[] {
  const what = event.get('signature', 'ObjectName', 'Message');
  return [
    what === undefined ? piece('event') : piece('%s', what),
    ...optional(event.get('EventCode'), ' (%s)'),
  ];
}

/** A new class fails to compile until it has its line. */
const summaries: Readonly<Record<EvidenceClass, Summarise>> = {
  start: (event) => [piece('started: %s', event.get('CommandLine', 'process', 'process_path'))],
  end: (event) => {
    const status = event.get('process_exit_status');
    return [status === undefined ? piece('ended') : piece('ended with status %s', status)];
  },
  child: (event) => [
    piece(
      'started %s (%s): %s',
      event.get('process_name', 'process_path'),
      event.get('process_id'),
      event.get('CommandLine', 'process', 'process_path'),
    ),
  ],
  'file-created': (event) => [piece('wrote %s', file(event))],
  'file-executable': (event) => [piece('wrote the executable %s', file(event))],
  'file-deleted': (event) => [
    piece('deleted %s', file(event)),
    ...(event.get('Archived')?.toLowerCase() === 'true' ? [piece(' (the sensor kept a copy)')] : []),
  ],
  'file-time-changed': (event) => [
    piece(
      'set the creation time of %s to %s, was %s',
      file(event),
      event.get('CreationUtcTime'),
      event.get('PreviousCreationUtcTime'),
    ),
  ],
  'file-stream': (event) => [
    piece('wrote the stream %s', file(event)),
    ...optional(event.get('Contents'), ': %s'),
  ],
  'file-blocked': (event) => [
    piece(
      event.get('EventCode') === '28' ? 'was kept from shredding %s' : 'was kept from writing %s',
      file(event),
    ),
  ],
  'file-access': objectAccess,
  registry,
  network,
  dns,
  pipe: (event) => [
    piece(
      event.get('EventCode') === '18' ? 'connected to the pipe %s' : 'created the pipe %s',
      event.get('PipeName', 'pipe_name'),
    ),
  ],
  module: (event) => [piece('loaded %s', event.get('ImageLoaded')), ...signed(event)],
  driver: (event) => [piece('loaded the driver %s', event.get('ImageLoaded')), ...signed(event)],
  'thread-made': (event) => [
    piece('started a thread in %s', named(event, 'TargetImage', 'target_process_id')),
    ...thread(event),
  ],
  'thread-received': (event) => [
    piece('%s started a thread in it', named(event, 'SourceImage', 'process_id')),
    ...thread(event),
  ],
  'access-made': processAccess,
  'access-received': (event) => [
    piece(
      '%s opened it with %s',
      named(event, 'SourceImage', 'process_id'),
      event.get('GrantedAccess', 'AccessMask'),
    ),
  ],
  'raw-access': (event) => [piece('read the volume %s raw', event.get('Device'))],
  tampering: (event) => [piece('its image was tampered with: %s', event.get('Type'))],
  script,
  wmi,
  clipboard: (event) => [piece('changed the clipboard, %s', event.get('ClientInfo'))],
  service: (event) => [
    piece(
      'installed the service %s: %s',
      event.get('service_name', 'ServiceName'),
      event.get('service_path', 'ServiceFileName', 'ImagePath'),
    ),
  ],
  'scheduled-task': (event) => [
    signatureOr(event, 'a scheduled task was changed'),
    piece(': %s', event.get('TaskName')),
  ],
  privilege: (event) => [
    signatureOr(event, 'privilege used'),
    ...optional(event.get('PrivilegeList', 'EnabledPrivilegeList'), ': %s'),
  ],
  logon: (event) => [
    signatureOr(event, 'logon'),
    piece(': %s', event.get('TargetUserName', 'user')),
    ...optional(event.get('LogonType'), ', type %s'),
    ...optional(event.get('IpAddress'), ', from %s'),
  ],
  account: (event) => [
    signatureOr(event, 'account event'),
    piece(': %s', event.get('TargetUserName', 'user')),
  ],
  'object-access': objectAccess,
  other,
  'other-received': other,
};

/** What the product calls the event, or else what is said of all of its class. */
function signatureOr(event: Reader, phrase: EvidencePhrase): EvidencePiece {
  const signature = event.get('signature');
  return signature === undefined ? piece(phrase) : piece('%s', signature);
}

/**
 * One line of what an event tells, seen from the process that it is evidence of: `wrote C:\…\x.dll`. Recorded text in it
 * is as recorded (line breaks become blanks, long texts are cut and say so); whoever shows it makes it safe.
 */
export function summariseEvent(evidenceClass: EvidenceClass, fields: StoredFields): string {
  return englishLine(evidencePieces(evidenceClass, fields));
}

/** The same line in its pieces, for a wording in another language. */
export function evidencePieces(evidenceClass: EvidenceClass, fields: StoredFields): readonly EvidencePiece[] {
  return summaries[evidenceClass](new Reader(fields));
}
