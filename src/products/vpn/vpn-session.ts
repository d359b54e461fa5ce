import { type Fields, newFields } from '../fields.ts';
import { put, putCount, putDestinationAddress, putSource, putUser } from '../proxy/network-fields.ts';

/** `assigned`: from then on the client has the address, or still has it. `released`: the session ended. */
export type VpnAction = 'assigned' | 'released';

/** What a gateway or a RADIUS server says of the session of a remote user. */
export interface VpnSession {
  readonly action: VpnAction | undefined;
  /** The address inside of the tunnel. */
  readonly assigned?: string | undefined;
  /** The client's address outside of it. */
  readonly client?: string | undefined;
  readonly user?: string | undefined;
  /** What the client calls itself. */
  readonly computer?: string | undefined;
  readonly session?: string | undefined;
  /** How long it lasted so far, in seconds. */
  readonly seconds?: string | undefined;
  readonly vendorProduct: string;
}

/** The fields of such a record, in the Information Model's names for sessions of a network. */
export function vpnFields(session: VpnSession): Fields {
  const fields = newFields();
  put(fields, 'vpn_action', session.action);
  if (session.action !== undefined) fields.action = session.action === 'assigned' ? 'started' : 'ended';
  const { assigned } = session;
  if (assigned !== '0.0.0.0' && assigned !== '::') putDestinationAddress(fields, assigned);
  putSource(fields, session.client);
  putUser(fields, session.user);
  put(fields, 'dest_host', session.computer?.toLowerCase());
  put(fields, 'connection_id', session.session);
  putCount(fields, 'duration', session.seconds);
  fields.vendor_product = session.vendorProduct;
  return fields;
}
