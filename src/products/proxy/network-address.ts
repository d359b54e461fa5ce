import { isIP } from 'node:net';

/**
 * The plain form of an address: without brackets, a zone or the IPv6 form of an IPv4 address, in lower case. Undefined: the
 * text is no address.
 */
export function plainAddress(text: string): string | undefined {
  // The longest: `[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255%zone]`.
  if (text.length > 80 || text.length < 2) return undefined;
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const zone = bare.indexOf('%');
  const address = (zone < 0 ? bare : bare.slice(0, zone)).toLowerCase();
  const mapped = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (isIP(mapped) !== 0) return mapped;
  return isIP(address) === 0 ? undefined : address;
}
