import type { Event } from '../../events/event.ts';
import { newFields } from '../fields.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { clfTicks } from '../proxy/access-time.ts';
import { put, putCount, putSource, putTotal, putUrl, putUser } from '../proxy/network-fields.ts';

const head =
  /^(?:[^\s:[\]]{1,255}:\d{1,5} (?=[\da-fA-F.:]{3,45} ))?(\S{1,255}) (\S{1,255}) (.{1,255}?) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d{1,19}|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"(?: (\d{1,18}) (\d{1,18})$)?)?(?= |$)/;
const request = /^(\S{1,64}) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/;

/**
 * The common and combined log formats of Apache and nginx, with Apache's virtual host in front and the counts of its `combinedio` (`%I %O`)
 * behind where they are, as web servers or forward proxies. Their lines look alike, but
 * Apache's time is the start and nginx's the end, and both count the body alone: so neither is said. Both escape quotation
 * marks, so a forged header stays in its place. For a forward proxy (an absolute URL, CONNECT) the target is the destination.
 */
export const accessLog: LineProduct = { name: 'access-log', read: readAccess };

function readAccess(line: LogLine, context: MappingContext): Event | undefined {
  const { text } = line;
  if (!text.includes('] "') || text.length > 1 << 18) return undefined;
  const found = head.exec(text);
  const time = found ? clfTicks(found[4] as string) : undefined;
  if (!found || time === undefined) return undefined;
  const [, client, , user, , asked = '', status, size, referrer, agent, received, sent] = found;
  const fields = newFields();
  putSource(fields, client);
  putUser(fields, user);
  const parts = request.exec(asked);
  put(fields, 'http_method', parts?.[1]);
  const target = parts?.[2];
  if (parts?.[1] === 'CONNECT' || (target !== undefined && !target.startsWith('/'))) putUrl(fields, target);
  else if (target !== undefined) {
    const question = target.indexOf('?');
    put(fields, 'url', target);
    put(fields, 'uri_path', question < 0 ? target : target.slice(0, question));
    if (question >= 0) put(fields, 'uri_query', target.slice(question + 1));
  }
  putCount(fields, 'status', status);
  putCount(fields, 'bytes_out', received);
  putCount(fields, 'bytes_in', sent ?? size);
  putTotal(fields);
  put(fields, 'http_referrer', referrer);
  put(fields, 'http_user_agent', agent);
  if (status === '407') fields.action = 'challenged';
  fields.vendor_product = 'Apache or nginx';
  const chosen = { time, source: 'access log (start of Apache’s, end of nginx’s, whole seconds)' };
  return lineEvent(
    line,
    {
      product: 'access-log',
      sourcetype: 'access_combined',
      eventClass: 'web',
      time: chosen,
      fields,
    },
    context,
  );
}
