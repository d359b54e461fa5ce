import type { Ticks } from '../core/ticks.ts';
import { shortAddress } from './ip-address.ts';

/**
 * What told that a host had an address: `connection` (the host's own sensor), `lease` and `release` (DHCP), `logon` (a logon
 * from the host, by its name), `asset` (a list that somebody keeps), `assignment` (such a list with begin and end, or a VPN gateway that
 * names the computer), `handover` (a gateway gave the address to a user, or took it back: who had it before has it no longer).
 */
export type SightingKind = 'connection' | 'lease' | 'release' | 'logon' | 'asset' | 'assignment' | 'handover';

/** Whether an address, as `hostAddress` gives it, is of many: datagrams for it come in at all of them. */
export function isMulticast(address: string): boolean {
  const first = Number(/^\d+(?=\.)/.exec(address)?.[0] ?? Number.NaN);
  return address.startsWith('ff') || (first >= 224 && first <= 239) || address === '255.255.255.255';
}

/** A host was seen with an address. */
export interface AddressSighting {
  readonly kind: SightingKind;
  readonly address: string;
  /** As the store names hosts; empty for a handover, and for a release that names nobody: it is of whoever has the address. */
  readonly host: string;
  readonly time: Ticks;
  /** Until when it holds of itself: a lease's end. Undefined: that moment. An asset's sighting holds at all times. */
  readonly until?: Ticks | undefined;
}

/**
 * An address in the form in which two are compared: lower case, IPv6 short, IPv4 in IPv6 as IPv4, no zone. Undefined for what tells
 * nothing: loopback, link-local, unspecified.
 */
export function hostAddress(text: string): string | undefined {
  const lower = text
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  const short = shortAddress(lower);
  const plain = short ?? lower;
  if (plain === '' || plain === '-' || plain === '::' || plain === '0.0.0.0') return undefined;
  if (
    plain === '::1' ||
    plain.startsWith('127.') ||
    plain.startsWith('169.254.') ||
    plain.startsWith('fe80:')
  )
    return undefined;
  return short ?? (/^[\d.]{7,15}$/.test(lower) ? lower : undefined);
}
