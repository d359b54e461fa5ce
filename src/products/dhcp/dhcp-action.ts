/**
 * What a DHCP server did with an address. From `leased` or `renewed` on the client has it, until `released`, `expired` or
 * `deleted`, or until it is leased to another. `in-use`: another machine answers at it. `denied`: it was not given.
 */
export type DhcpAction =
  | 'leased'
  | 'renewed'
  | 'released'
  | 'expired'
  | 'deleted'
  | 'in-use'
  | 'denied'
  | 'asked';

/** A hardware address as `00:11:22:aa:bb:cc`; undefined for any other text. */
export function hardwareAddress(text: string): string | undefined {
  const digits = text.replace(/[:.-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(digits)) return undefined;
  return digits.match(/../g)?.join(':');
}
