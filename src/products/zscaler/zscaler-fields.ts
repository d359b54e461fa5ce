import type { Fields } from '../fields.ts';
import {
  put,
  putCount,
  putDestination,
  putDestinationAddress,
  putPort,
  putSource,
  putTotal,
} from '../proxy/network-fields.ts';
import { hostAndPort, urlParts } from '../proxy/url-parts.ts';
import type { NameOf } from './zscaler-names.ts';

function addAction(fields: Fields, action: string | undefined, status: string | undefined): void {
  put(fields, 'vendor_action', action);
  if (action === undefined) return;
  if (status === '407') fields.action = 'challenged';
  else if (/^allow/i.test(action)) fields.action = 'allowed';
  else if (/^(?:block|drop|deny|reset)/i.test(action)) fields.action = 'blocked';
}

/** NSS web: both counts are of the client's side, with headers. */
export function addWebFields(fields: Fields, name: NameOf): void {
  putSource(fields, name('cip', 'clientip', 'clientinternalip', 'cintip'));
  put(fields, 'src_host', name('devicehostname', 'devicename')?.toLowerCase());
  put(fields, 'src_translated_ip', name('cpubip', 'clientpublicip'));
  put(fields, 'user', name('login', 'user'));
  const method = name('reqmethod', 'requestmethod');
  const status = name('respcode', 'status');
  put(fields, 'http_method', method?.toUpperCase());
  putCount(fields, 'status', status);
  putCount(fields, 'bytes_out', name('reqsize', 'requestsize'));
  putCount(fields, 'bytes_in', name('respsize', 'responsesize'));
  putTotal(fields);
  put(fields, 'http_user_agent', name('ua', 'useragent'));
  put(fields, 'http_referrer', name('ereferer', 'refererurl', 'referer'));
  put(fields, 'http_content_type', name('contenttype', 'ctype'));
  put(fields, 'category', name('urlcat', 'urlcategory'));
  put(fields, 'app', name('proto', 'protocol'));
  put(fields, 'rule', name('rulelabel'));
  put(fields, 'error_code', name('reason'));
  put(fields, 'transaction_id', name('event_id', 'recordid'));
  addTarget(fields, name, method);
  putDestinationAddress(fields, name('sip', 'serverip'));
  addAction(fields, name('action'), status);
}

/** URLs are logged without a scheme; a CONNECT's as `host:443`. */
function addTarget(fields: Fields, name: NameOf, method: string | undefined): void {
  const url = name('eurl', 'url');
  const host = name('ehost', 'host', 'hostname');
  if (url === undefined) {
    putDestination(fields, host);
    return;
  }
  fields.url = url;
  const scheme = /^https|^ssl/i.test(name('proto', 'protocol') ?? '') ? 'https' : 'http';
  if (method === 'CONNECT') {
    const asked = hostAndPort(url);
    putDestination(fields, asked.host ?? host, asked.port);
    put(fields, 'url_domain', asked.host);
    return;
  }
  const parts = urlParts(url.includes('://') ? url : `${scheme}://${url}`);
  putDestination(fields, parts?.host ?? host, parts?.port);
  put(fields, 'url_domain', parts?.host);
  put(fields, 'uri_path', parts?.path);
  put(fields, 'uri_query', parts?.query);
}

/** NSS firewall: a record may sum up many sessions. `bytes_out` comes from the client. */
export function addFirewallFields(fields: Fields, name: NameOf): void {
  putSource(fields, name('csip', 'clientsourceip'), name('csport', 'clientsourceport'));
  putDestination(fields, name('cdfqdn') ?? name('cdip', 'clientdestip'), name('cdport', 'clientdestport'));
  putDestinationAddress(fields, name('cdip', 'clientdestip'));
  put(fields, 'src_translated_ip', name('ssip'));
  putPort(fields, 'src_translated_port', name('ssport'));
  put(fields, 'dest_translated_ip', name('sdip', 'serverdestip'));
  put(fields, 'user', name('login', 'user'));
  put(fields, 'src_host', name('devicehostname', 'devicename')?.toLowerCase());
  put(fields, 'transport', name('ipproto', 'proto', 'protocol')?.toLowerCase());
  put(fields, 'app', name('nwapp', 'nwsvc', 'networkservice'));
  putCount(fields, 'bytes_out', name('outbytes'));
  putCount(fields, 'bytes_in', name('inbytes'));
  putTotal(fields);
  put(fields, 'rule', name('rulelabel', 'rule'));
  put(fields, 'category', name('ipcat', 'destipcategory'));
  putCount(fields, 'duration', name('duration'));
  const sessions = name('numsessions');
  if (/^yes$/i.test(name('aggregate') ?? '') || Number(sessions) > 1)
    fields.aggregated_count = sessions !== undefined && /^\d{1,18}$/.test(sessions) ? sessions : 'unknown';
  addAction(fields, name('action'), undefined);
}
