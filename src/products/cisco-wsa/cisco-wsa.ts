import { TICKS_PER_MILLISECOND } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import { newFields } from '../fields.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { epochTicks, putEnd } from '../proxy/access-time.ts';
import { put, putCount, putSource, putUrl, putUser } from '../proxy/network-fields.ts';
import { addDecision } from './wsa-decision.ts';

/**
 * The head that all its access logs have, up to the decision tag: `ACTION_RULE_GROUP-Policy-Identity-…` of seven or eight
 * names. The user is in quotation marks where it has a realm, and then has none within.
 */
const line =
  /^(?:Info: )?(\d{9,10}\.\d{1,3}) +(\d{1,12}) (\S{1,255}) ([A-Z_]{3,60})\/(\d{3}) (\d{1,19}) ([A-Z_-]{1,32}) (\S+) ("[^"]{0,400}"|\S{1,400}) ([A-Z_]{1,40})\/(\S{1,400}) (\S{1,255}) ([A-Z][A-Z_]{2,60}_[A-Z0-9]{1,12}|[A-Z][A-Z_]{2,60})(-[^\s<&]{1,1000}) (<|&lt;)(.*)$/;

/** Behind the verdicts of the scanners, whose texts are in quotation marks: `<…> "Mozilla/5.0 …"`. */
const userAgent = /^(?:"[^"]*"|[^">&]|&(?!gt;))*(?:>|&gt;) +"([^"]{1,4000})"/;

/** The access log of Cisco's web security appliance, which begins as Squid's does. */
export const ciscoWsa: LineProduct = { name: 'cisco-wsa', read: readWsa };

function readWsa(entry: LogLine, context: MappingContext): Event | undefined {
  const { text } = entry;
  const first = text.charCodeAt(0);
  if (((first < 48 || first > 57) && first !== 73) || text.length > 1 << 18) return undefined;
  const found = line.exec(text);
  const end = found ? epochTicks(found[1] as string) : undefined;
  if (!found || end === undefined) return undefined;
  const [
    ,
    ,
    elapsed = '0',
    client,
    result = '',
    status,
    size,
    method,
    url = '',
    user = '',
    hierarchy,
    server = '',
  ] = found;
  const fields = newFields();
  putSource(fields, client);
  putCount(fields, 'status', status);
  putCount(fields, 'bytes_in', size);
  put(fields, 'http_method', method);
  // A tunnel is logged as tunnel://host:443/.
  putUrl(fields, url.replace(/^tunnel:\/\/([^/]+)\/?$/, '$1'));
  putUser(fields, user.replace(/^"|"$/g, ''));
  put(fields, 'http_content_type', found[12]);
  addDecision(fields, { result, status, decision: found[13], rule: found[14]?.slice(1), hierarchy, server });
  put(fields, 'category', /^"?([A-Za-z]{2}_[A-Za-z]{2,8})/.exec(found[16] ?? '')?.[1]);
  put(fields, 'http_user_agent', userAgent.exec(found[16] ?? '')?.[1]);
  putCount(fields, 'duration', elapsed);
  fields.vendor_product = 'Cisco Web Security Appliance';
  putEnd(fields, end);
  const time = { time: end - BigInt(elapsed) * TICKS_PER_MILLISECOND, source: 'start (%t - %e)' };
  return lineEvent(
    entry,
    {
      product: 'cisco-wsa',
      sourcetype: 'cisco:wsa:squid',
      eventClass: 'web',
      time,
      fields,
    },
    context,
  );
}
