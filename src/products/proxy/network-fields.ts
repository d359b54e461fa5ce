import type { Fields } from '../fields.ts';
import { accountDomain, accountName } from '../values/account-name.ts';
import { isNullText } from '../values/null-value.ts';
import { plainAddress } from './network-address.ts';
import { urlParts } from './url-parts.ts';

/** Sets a field, unless the text stands for nothing. */
export function put(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && !isNullText(text)) fields[name] = text;
}

/** Sets a field to a count, unless the text is none. */
export function putCount(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && /^\d{1,18}$/.test(text)) fields[name] = text.replace(/^0+(?=\d)/, '');
}

/** The client: an address, or the name that the proxy found for it. */
export function putSource(fields: Fields, address: string | undefined, port?: string): void {
  if (address !== undefined && !isNullText(address)) {
    const plain = plainAddress(address);
    fields.src = plain ?? address;
    if (plain !== undefined) fields.src_ip = plain;
  }
  putPort(fields, 'src_port', port);
}

/** A port: 0 stands for none. */
export function putPort(fields: Fields, name: string, port: string | undefined): void {
  if (port !== undefined && /^\d{1,5}$/.test(port) && Number(port) > 0) fields[name] = String(Number(port));
}

/** The destination that was asked for: a name or an address. */
export function putDestination(fields: Fields, host: string | undefined, port?: string): void {
  if (host !== undefined && !isNullText(host)) {
    const plain = plainAddress(host);
    fields.dest = plain ?? host;
    if (plain === undefined) fields.dest_host = host;
    else fields.dest_ip = plain;
  }
  putPort(fields, 'dest_port', port);
}

/** The address that the destination had; it names the destination where nothing else does. */
export function putDestinationAddress(fields: Fields, address: string | undefined): void {
  const plain = address === undefined ? undefined : plainAddress(address);
  if (plain === undefined) return;
  fields.dest_ip = plain;
  fields.dest ??= plain;
}

/** What was asked for, and the destination by it. */
export function putUrl(fields: Fields, url: string | undefined): void {
  if (url === undefined || isNullText(url)) return;
  fields.url = url;
  const parts = urlParts(url);
  if (parts === undefined) return;
  putDestination(fields, parts.host, parts.port);
  put(fields, 'url_domain', parts.host);
  put(fields, 'uri_path', parts.path);
  put(fields, 'uri_query', parts.query);
}

/** `DOMAIN\name`, `name@realm` or a plain name. */
export function putUser(fields: Fields, user: string | undefined): void {
  if (user === undefined || isNullText(user)) return;
  put(fields, 'user', accountName(user));
  put(fields, 'user_domain', accountDomain(user));
}

/** `bytes`, where both directions were counted. */
export function putTotal(fields: Fields): void {
  const { bytes_in, bytes_out } = fields;
  if (typeof bytes_in === 'string' && typeof bytes_out === 'string')
    fields.bytes = String(BigInt(bytes_in) + BigInt(bytes_out));
}
