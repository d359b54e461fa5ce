import type { Event } from '../../events/event.ts';
import { type Fields, newFields } from '../fields.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { clfTicks } from '../proxy/access-time.ts';
import { put, putCount, putSource, putUrl, putUser } from '../proxy/network-fields.ts';

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
const pattern = new RegExp(
  `^\\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4})\\] ${quoted} ([\\da-fA-F.:]{2,45}) "?(\\d{1,3})"? ${quoted} ${quoted} ${quoted} ${quoted} "?(\\d{1,18})"? ${quoted} ${quoted} "?(\\d{1,9})"?(?: "[^"]*"){0,20}\\s*$`,
);

/**
 * Skyhigh (McAfee) Web Gateway's own access log in its default order: `time_stamp "auth_user" src_ip "status_code" "req_line"
 * "categories" "rep_level" "media_type" "bytes_to_client" "user_agent" "virus_name" "block_res"`, and newer versions' columns behind. Of bytes it has those to the client.
 */
export const mcafeeAccessLog: LineProduct = { name: 'mcafee-wg', read: readAccessLog };

function readAccessLog(line: LogLine, context: MappingContext): Event | undefined {
  const text = line.text.slice(0, 1 << 17);
  const found = text.startsWith('[') ? pattern.exec(text) : null;
  const time = found === null ? undefined : clfTicks(found[1] as string);
  if (found === null || time === undefined) return undefined;
  const [
    ,
    ,
    user,
    client,
    status = '',
    request = '',
    category,
    reputation,
    type,
    bytes,
    agent,
    virus,
    block,
  ] = found;
  const fields = newFields();
  putSource(fields, client);
  putUser(fields, user);
  putRequest(fields, request);
  putCount(fields, 'status', status);
  putCount(fields, 'bytes_in', bytes);
  put(fields, 'category', category);
  put(fields, 'mwg_rep_level', reputation);
  put(fields, 'http_content_type', type);
  put(fields, 'http_user_agent', agent);
  put(fields, 'threat', virus);
  put(fields, 'error_code', block);
  if (status === '407') fields.action = 'challenged';
  else if (Number(block) > 0) fields.action = 'blocked';
  else if (Number(status) > 0 && Number(status) < 500) fields.action = 'allowed';
  fields.vendor_product = 'McAfee Web Gateway';
  return lineEvent(
    line,
    {
      product: 'mcafee-wg',
      sourcetype: 'mcafee:wg:access',
      eventClass: 'web',
      time: { time, source: 'time_stamp' },
      fields,
    },
    context,
  );
}

/** `GET http://… HTTP/1.1`; a CONNECT asks for `host:443`. */
function putRequest(fields: Fields, request: string): void {
  const found = /^([A-Z]{1,20}) (\S{1,65536})(?: HTTP\/\d(?:\.\d)?)?$/.exec(request);
  if (found === null) return;
  put(fields, 'http_method', found[1]);
  putUrl(fields, found[2]);
}
