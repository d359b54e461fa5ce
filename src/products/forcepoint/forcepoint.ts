import type { Event } from '../../events/event.ts';
import { addNote, newFields } from '../fields.ts';
import { knownPairs } from '../log-line/key-values.ts';
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

/** Forcepoint (Websense) Web Security by syslog, `vendor=Forcepoint product=Security … action=permitted …`. */
export const forcepoint: LineProduct = { name: 'forcepoint', read: readForcepoint };

function readForcepoint(line: LogLine, context: MappingContext): Event | undefined {
  if (!/^vendor=(?:Forcepoint|Websense) product=Security /.test(line.text)) return undefined;
  const { values, doubtful } = knownPairs(line.text, names);
  const said = (name: string) => values.get(name);
  const fields = newFields();
  putSource(fields, said('src_host'), said('src_port'));
  putUser(fields, said('user') ?? said('loginID'));
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
      sourcetype: 'websense:cg:kv',
      eventClass: 'web',
      time,
      fields,
    },
    context,
  );
}
