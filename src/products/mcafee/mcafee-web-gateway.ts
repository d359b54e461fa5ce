import type { Event } from '../../events/event.ts';
import { addNote, freeName, newFields } from '../fields.ts';
import { blankPairs } from '../log-line/key-values.ts';
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

/**
 * Skyhigh (McAfee) Web Gateway by syslog: `status="403/80"` is the status and the block's number (0: not blocked), and
 * `bytes="a/b/c/d"` goes from the client to the proxy, on to the server, back to the proxy, and on to the client.
 */
export const mcafeeWebGateway: LineProduct = { name: 'mcafee-wg', read: readMcafee };

function readMcafee(line: LogLine, context: MappingContext): Event | undefined {
  const isTagged = line.syslog?.program === 'mwg' || line.text.startsWith('mwg: ');
  if (!isTagged) return undefined;
  const { values, doubtful } = blankPairs(line.text);
  const said = (name: string) => values.get(name);
  const [status, block] = said('status')?.split('/') ?? [];
  if (status === undefined || !/^\d{1,3}$/.test(status) || said('srcip') === undefined) return undefined;
  const fields = newFields();
  for (const [name, value] of values)
    if (value !== '' && value !== '-') fields[freeName(`mwg_${name}`)] = value;
  putSource(fields, said('srcip'));
  putUser(fields, said('user'));
  putUrl(fields, said('url'));
  if (fields.dest === undefined) putDestination(fields, said('dhost'), said('urlp'));
  putDestinationAddress(fields, said('destip'));
  put(fields, 'http_method', said('mtd'));
  putCount(fields, 'status', status);
  const counts = said('bytes')?.split('/') ?? [];
  if (counts.length === 4) {
    putCount(fields, 'bytes_out', counts[0]);
    putCount(fields, 'server_bytes_out', counts[1]);
    putCount(fields, 'server_bytes_in', counts[2]);
    putCount(fields, 'bytes_in', counts[3]);
    putTotal(fields);
  }
  put(fields, 'http_user_agent', said('ua'));
  put(fields, 'http_content_type', said('mt'));
  put(fields, 'category', said('urlc'));
  put(fields, 'rule', said('rule'));
  put(fields, 'threat', said('mlwr'));
  put(fields, 'vendor_action', said('status'));
  put(fields, 'error_code', block);
  put(fields, 'action', actionOf(status, block));
  fields.vendor_product = 'McAfee Web Gateway';
  if (doubtful.size > 0)
    addNote(fields, `more than one value of ${[...doubtful].slice(0, 9).join(', ')}: left out`);
  const time = envelopeTime(line, context);
  return lineEvent(
    line,
    {
      product: 'mcafee-wg',
      sourcetype: 'mcafee:wg:kv',
      eventClass: 'web',
      time,
      fields,
    },
    context,
  );
}

function actionOf(status: string, block: string | undefined): string | undefined {
  if (status === '407') return 'challenged';
  if (block === undefined || !/^\d{1,9}$/.test(block)) return undefined;
  if (Number(block) > 0) return 'blocked';
  return Number(status) > 0 && Number(status) < 500 ? 'allowed' : undefined;
}
