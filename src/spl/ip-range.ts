import { isIPv4, isIPv6 } from 'node:net';
import { type Parameters, type Sql, sql } from '../store/sql.ts';

/** The first and last address of a CIDR block, as text. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: string;
  readonly last: string;
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; undefined for anything else. Bits behind the prefix are ignored. */
export function parseIpRange(text: string): IpRange | undefined {
  const found = /^([0-9A-Fa-f:.]+)\/(\d{1,3})$/.exec(text.trim());
  if (!found) return undefined;
  const [, address = '', digits = ''] = found;
  const prefix = Number(digits);
  if (isIPv4(address)) return prefix <= 32 ? rangeOf(4, ipv4Number(address), prefix) : undefined;
  return isIPv6(address) && prefix <= 128 ? rangeOf(6, ipv6Number(address), prefix) : undefined;
}

function rangeOf(family: 4 | 6, address: bigint, prefix: number): IpRange {
  const bits = family === 4 ? 32n : 128n;
  const free = (1n << (bits - BigInt(prefix))) - 1n;
  const first = (address | free) ^ free;
  const print = family === 4 ? ipv4Text : ipv6Text;
  return { family, first: print(first), last: print(first | free) };
}

function ipv4Number(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

function ipv6Number(text: string): bigint {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded) {
    const low = ipv4Number(embedded[2] as string);
    return ipv6Number(`${embedded[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  }
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n);
}

function ipv6Text(address: bigint): string {
  return Array.from({ length: 8 }, (_, at) =>
    ((address >> BigInt(112 - at * 16)) & 0xffffn).toString(16),
  ).join(':');
}

/** Whether a text is an address of the block: UInt8, never null. What is no address is not in it. */
export function inIpRange(text: Sql, range: IpRange, parameters: Parameters): Sql {
  const first = parameters.bind(range.first, 'String');
  const last = parameters.bind(range.last, 'String');
  if (range.family === 4)
    return sql`ifNull(IPv4StringToNumOrNull(${text}) BETWEEN IPv4StringToNum(${first}) AND IPv4StringToNum(${last}), 0)`;
  // The engine reads an IPv4 address as a mapped one; a block of IPv6 holds none.
  return sql`(position(ifNull(${text}, ''), ':') > 0 AND ifNull(toIPv6OrNull(${text}) BETWEEN toIPv6(${first}) AND toIPv6(${last}), 0))`;
}
