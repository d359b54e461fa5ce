import type { Fields } from '../fields.ts';
import {
  put,
  putCount,
  putDestination,
  putDestinationAddress,
  putPort,
  putSource,
  putTotal,
  putUrl,
  putUser,
} from './network-fields.ts';

/** A value by the W3C's name of a field, in lower case; several names: the first that has one. */
export type CellOf = (...names: readonly string[]) => string | undefined;

/**
 * Adds what the W3C's names of fields mean for a proxy: the prefix says who spoke to whom (`c` client, `s` the proxy, `r` the
 * remote server), so `cs-bytes` came from the client and `sr-bytes` went to the server.
 */
export function addW3cProxyFields(fields: Fields, cell: CellOf): void {
  putSource(fields, cell('c-ip', 'c-a-ip', 'client-ip'), cell('c-port'));
  putUser(fields, cell('cs-username', 'cs-user', 'cs-userdn', 'c-username'));
  put(fields, 'http_method', cell('cs-method', 'c-method', 's-operation'));
  put(fields, 'http_user_agent', cell('cs(user-agent)', 'cs-user-agent', 'c-agent'));
  put(fields, 'http_referrer', cell('cs(referer)', 'cs-referer', 'cs-referred'));
  put(
    fields,
    'http_content_type',
    cell('rs(content-type)', 'sc(content-type)', 'cs-mime-type', 'content-type'),
  );
  put(fields, 'category', cell('cs-categories', 'sc-filter-category', 'cs-category', 'cs-uri-categories'));
  putCount(fields, 'status', cell('sc-status'));
  putCount(fields, 'server_status', cell('rs-status'));
  putCount(fields, 'bytes_out', cell('cs-bytes'));
  putCount(fields, 'bytes_in', cell('sc-bytes'));
  putCount(fields, 'server_bytes_out', cell('sr-bytes'));
  putCount(fields, 'server_bytes_in', cell('rs-bytes'));
  putTotal(fields);
  putCount(fields, 'duration', cell('time-taken'));
  put(fields, 'proxy_ip', cell('s-ip'));
  putPort(fields, 'proxy_port', cell('s-port'));
  put(fields, 'vendor_action', cell('s-action'));
  if (/^TCP_(?:MEM_|IMS_|RESUMED_)?HIT/.test(cell('s-action') ?? '')) fields.cached = 'true';
  put(fields, 'error_code', cell('x-exception-id'));
  put(fields, 'filter_result', cell('sc-filter-result'));
  put(fields, 'transaction_id', cell('x-bluecoat-transaction-uuid'));
  addTarget(fields, cell);
}

function addTarget(fields: Fields, cell: CellOf): void {
  const host = cell('cs-host', 'r-host', 'cs(host)', 'r-dns', 'cs-uri-host');
  const port = cell('cs-uri-port', 'r-port', 'cs-port');
  const path = cell('cs-uri-path', 'cs-uri-stem');
  const query = cell('cs-uri-query');
  putUrl(
    fields,
    cell('cs-uri', 'c-uri', 'c-url', 'cs-url', 'url') ?? composed(cell, host, port, path, query),
  );
  if (fields.dest === undefined) putDestination(fields, host, port);
  putPort(fields, 'dest_port', port);
  if (path !== undefined) fields.uri_path ??= path;
  if (query !== undefined) fields.uri_query ??= query.replace(/^\?/, '');
  putDestinationAddress(fields, cell('r-ip'));
  put(fields, 'next_hop', cell('s-supplier-ip', 's-supplier-name', 'r-supplier-ip'));
}

const usualPorts: Readonly<Record<string, string>> = { http: '80', https: '443', ftp: '21' };

/** The target as the client wrote it, from its parts. */
function composed(
  cell: CellOf,
  host: string | undefined,
  port: string | undefined,
  path: string | undefined,
  query: string | undefined,
): string | undefined {
  const scheme = cell('cs-uri-scheme')?.toLowerCase();
  if (host === undefined) return undefined;
  if (scheme === undefined || scheme === 'tcp' || scheme === 'ssl')
    return port !== undefined && cell('cs-method') === 'CONNECT' ? `${host}:${port}` : undefined;
  const shown = port === undefined || port === usualPorts[scheme] ? '' : `:${port}`;
  const asked = query === undefined ? '' : query.startsWith('?') ? query : `?${query}`;
  return `${scheme}://${host}${shown}${path ?? ''}${asked}`;
}
