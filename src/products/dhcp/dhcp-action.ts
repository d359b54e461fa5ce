import type { Fields } from '../fields.ts';

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

/** The same in the Information Model's words, where it has one (Network Sessions: `added`, `blocked`). */
const cimActions: Readonly<Record<DhcpAction, string | undefined>> = {
  leased: 'added',
  renewed: 'renewed',
  released: 'released',
  expired: 'expired',
  deleted: 'deleted',
  'in-use': undefined,
  denied: 'blocked',
  asked: undefined,
};

export function putDhcpAction(fields: Fields, action: DhcpAction | undefined): void {
  if (action === undefined) return;
  fields.dhcp_action = action;
  const known = cimActions[action];
  if (known !== undefined) fields.action = known;
}
