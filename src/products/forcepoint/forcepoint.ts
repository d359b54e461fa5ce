import type { Event } from '../../events/event.ts';
import { addNote, type Fields, newFields } from '../fields.ts';
import { type KeyValues, knownPairs, tabPairs } from '../log-line/key-values.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import { envelopeTime } from '../log-line/syslog-time.ts';
import type { MappingContext } from '../product.ts';
import {
  put,
  putCount,
  putDestination,
  putDestinationAddress,
  putSource,
  putTotal,
  putUrl,
  putUser,
} from '../proxy/network-fields.ts';

/** The names of the vendor's format for Splunk; its values are not quoted, and have blanks. */
const names = [
  'vendor',
  'product',
  'product_version',
  'action',
  'severity',
  'category',
  'user',
  'loginID',
  'src_host',
  'src_port',
  'dst_host',
  'dst_ip',
  'dst_port',
  'bytes_out',
  'bytes_in',
  'http_response',
  'http_method',
  'http_content_type',
  'http_user_agent',
  'http_proxy_status_code',
  'reason',
  'disposition',
  'policy',
  'role',
  'duration',
  'url',
  'logRecordSource',
];

/** A form in which the product sends its log. */
interface Form {
  readonly head: RegExp;
  readonly sourcetype: string;
  /** The values, under the names of the format for Splunk. */
  read(text: string, found: RegExpExecArray): KeyValues;
}

/** LEEF's names and CEF's, and the names of the same things in the format for Splunk. */
const leefNames: Readonly<Record<string, string>> = {
  cat: 'category',
  usrName: 'user',
  loginID: 'loginID',
  src: 'src_host',
  srcPort: 'src_port',
  srcBytes: 'bytes_out',
  dstBytes: 'bytes_in',
  dst: 'dst_ip',
  dstPort: 'dst_port',
  'proxyStatus-code': 'http_proxy_status_code',
  'serverStatus-code': 'http_response',
  duration: 'duration',
  method: 'http_method',
  disposition: 'disposition',
  contentType: 'http_content_type',
  reason: 'reason',
  policy: 'policy',
  role: 'role',
  userAgent: 'http_user_agent',
  url: 'url',
};
const cefNames: Readonly<Record<string, string>> = {
  act: 'action',
  app: 'app',
  dvc: 'dvc',
  dst: 'dst_ip',
  dhost: 'dst_host',
  dpt: 'dst_port',
  src: 'src_host',
  spt: 'src_port',
  suser: 'user',
  loginID: 'loginID',
  destinationTranslatedPort: 'translated_port',
  rt: 'rt',
  in: 'bytes_out',
  out: 'bytes_in',
  requestMethod: 'http_method',
  requestClientApplication: 'http_user_agent',
  reason: 'reason',
  cs1Label: 'cs1Label',
  cs1: 'policy',
  cs2Label: 'cs2Label',
  cs2: 'role',
  cs3Label: 'cs3Label',
  cs3: 'http_content_type',
  cn1Label: 'cn1Label',
  cn1: 'disposition',
  cn2Label: 'cn2Label',
  cn2: 'duration',
  request: 'url',
};

/** The syslog header takes `LEEF:` and `CEF:` for the program's tag. */
const forms: readonly Form[] = [
  {
    head: /^vendor=(?:Forcepoint|Websense) product=Security /,
    sourcetype: 'websense:cg:kv',
    read: (text) => knownPairs(text, names),
  },
  {
    head: /^(?:LEEF:)?1\.0\|(?:Forcepoint|Websense)\|Security\|[^|]{0,32}\|transaction:(\w{1,32})\|/,
    sourcetype: 'websense:cg:leef',
    read: (text, found) => renamed(tabPairs(text.slice(found[0].length)), leefNames, found[1]),
  },
  {
    head: /^(?:CEF:)?0\|(?:Forcepoint|Websense)\|Security\|[^|]{0,32}\|([^|]{0,32})\|[^|]{0,64}\|[^|]{0,8}\|/,
    sourcetype: 'websense:cg:cef',
    read: (text, found) =>
      renamed(knownPairs(text.slice(found[0].length), Object.keys(cefNames)), cefNames, undefined, found[1]),
  },
];

/** Values under other names; CEF escapes `=` and the stroke. What the head says comes first. */
function renamed(
  { values, doubtful }: KeyValues,
  renames: Readonly<Record<string, string>>,
  action: string | undefined,
  category?: string,
): KeyValues {
  const found = new Map<string, string>();
  if (action !== undefined) found.set('action', action);
  if (category !== undefined) found.set('category', category);
  for (const [name, value] of values) {
    const other = renames[name];
    if (other !== undefined && !found.has(other)) found.set(other, value.replace(/\\([=|\\])/g, '$1'));
  }
  return { values: found, doubtful };
}

/**
 * Forcepoint (Websense) Web Security by syslog, in its three forms: for Splunk (`vendor=Forcepoint product=Security … action=permitted …`),
 * LEEF, and CEF, which has neither the status of the server nor, mostly, bytes.
 */
export const forcepoint: LineProduct = { name: 'forcepoint', read: readForcepoint };

function readForcepoint(line: LogLine, context: MappingContext): Event | undefined {
  const read = formOf(line.text);
  if (read === undefined) return undefined;
  const { values, doubtful } = read.values;
  const said = (name: string) => values.get(name);
  const fields = newFields();
  putSource(fields, said('src_host'), said('src_port'));
  putForcepointUser(fields, said('loginID') ?? said('user'));
  putUrl(fields, said('url'));
  if (fields.dest === undefined) putDestination(fields, said('dst_host'), said('dst_port'));
  putDestinationAddress(fields, said('dst_ip'));
  put(fields, 'http_method', said('http_method'));
  putCount(fields, 'status', said('http_proxy_status_code'));
  putCount(fields, 'server_status', said('http_response'));
  putCount(fields, 'bytes_out', said('bytes_out'));
  putCount(fields, 'bytes_in', said('bytes_in'));
  putTotal(fields);
  putCount(fields, 'duration', said('duration'));
  put(fields, 'http_user_agent', said('http_user_agent'));
  put(fields, 'http_content_type', said('http_content_type'));
  put(fields, 'category', said('category'));
  put(fields, 'error_code', said('reason'));
  put(fields, 'rule', said('policy'));
  put(fields, 'vendor_action', said('action'));
  put(fields, 'disposition', said('disposition'));
  const decided = said('action');
  if (fields.status === '407') fields.action = 'challenged';
  else if (decided === 'permitted' || decided === 'blocked')
    fields.action = decided === 'blocked' ? 'blocked' : 'allowed';
  fields.vendor_product = 'Forcepoint Web Security';
  if (doubtful.size > 0) addNote(fields, `more than one value of ${[...doubtful].join(', ')}: left out`);
  const time = envelopeTime(line, context);
  return lineEvent(
    line,
    {
      product: 'forcepoint',
      sourcetype: read.sourcetype,
      eventClass: 'web',
      time,
      fields,
    },
    context,
  );
}

/** A directory's path (`LDAP://host OU=…/Name`) names the user last; its commas and `=` may be escaped by strokes. */
function putForcepointUser(fields: Fields, user: string | undefined): void {
  if (user === undefined || !/^[a-z]{2,8}:\/\//i.test(user)) {
    putUser(fields, user);
    return;
  }
  put(fields, 'user', user.slice(user.lastIndexOf('/') + 1));
  put(fields, 'user_directory', user);
}

function formOf(text: string): { readonly sourcetype: string; readonly values: KeyValues } | undefined {
  for (const { head, sourcetype, read } of forms) {
    const found = head.exec(text.slice(0, 256));
    if (found !== null) return { sourcetype, values: read(text, found) };
  }
  return undefined;
}
