import { plainAddress } from '../proxy/network-address.ts';
import { type AuditRecord, decoded } from './audit-records.ts';

/** An address and port that a SOCKADDR record tells. */
export interface SocketAddress {
  readonly address: string;
  readonly port: string;
}

const INET = '02';
const INET6 = '0A';

/** Reads `saddr`, the bytes of a sockaddr, or the readable form of enriched logs. Undefined for local sockets. */
export function socketAddress(records: readonly AuditRecord[]): SocketAddress | undefined {
  const fields = records.find(({ type }) => type === 'SOCKADDR')?.fields;
  const readable = fields?.get('SADDR')?.text ?? '';
  const named = /\b(?:laddr|addr)=(\S+) (?:lport|port)=(\d{1,5})\b/.exec(readable.slice(0, 1_024));
  if (named) return ofText(named[1] as string, named[2] as string);
  const text = fields?.get('saddr');
  if (text === undefined || text.quoted || decoded(text) === undefined) return undefined;
  const bytes = text.text.toUpperCase();
  if (!/^(?:[0-9A-F]{2}){8,64}$/.test(bytes)) return undefined;
  const port = String(Number.parseInt(bytes.slice(4, 8), 16));
  const digits = (from: number, count: number) => bytes.slice(from, from + count);
  if (bytes.startsWith(INET))
    return ofText([8, 10, 12, 14].map((at) => Number.parseInt(digits(at, 2), 16)).join('.'), port);
  if (!bytes.startsWith(INET6) || bytes.length < 48) return undefined;
  return ofText(Array.from({ length: 8 }, (_, at) => digits(16 + at * 4, 4)).join(':'), port);
}

function ofText(written: string, port: string): SocketAddress | undefined {
  const address = plainAddress(written);
  return address === undefined ? undefined : { address, port };
}
