import type { Fields } from '../fields.ts';
import { put, putDestinationAddress } from '../proxy/network-fields.ts';

/** What an appliance did with a request, in its own words. */
export interface WsaDecision {
  /** The result code, `TCP_MISS_SSL`. */
  readonly result: string;
  /** The status to the client. */
  readonly status: string | undefined;
  /** The decision tag, `BLOCK_WEBCAT_12`. */
  readonly decision: string | undefined;
  /** Names of the policies behind the tag. */
  readonly rule: string | undefined;
  /** How the next hop was chosen, and which it was. */
  readonly hierarchy: string | undefined;
  readonly server: string | undefined;
}

/** Adds it, whatever the form of the log. */
export function addDecision(fields: Fields, said: WsaDecision): void {
  const { result, status = '', decision = '', hierarchy, server } = said;
  put(fields, 'vendor_action', result);
  put(fields, 'error_code', decision);
  put(fields, 'rule', said.rule);
  put(fields, 'hierarchy', hierarchy);
  if (hierarchy !== 'NONE') put(fields, 'next_hop', server);
  if (hierarchy?.includes('PARENT')) fields.next_hop_is_peer = 'true';
  else if (hierarchy === 'DIRECT') putDestinationAddress(fields, server);
  if (/^TCP_(?:MEM_|IMS_)?HIT/.test(result)) fields.cached = 'true';
  put(fields, 'action', actionOf(result, status, decision.toUpperCase()));
}

function actionOf(result: string, status: string, tag: string): string | undefined {
  if (status === '407' || tag.startsWith('NO_PASSWORD')) return 'challenged';
  if (tag.startsWith('BLOCK_') || tag.startsWith('DROP_') || result.startsWith('TCP_DENIED'))
    return 'blocked';
  if (result === 'NONE') return 'failure';
  return Number(status) < 500 && Number(status) > 0 ? 'allowed' : undefined;
}
