import type { CellOf } from './w3c-names.ts';

const policyReasons =
  /^(?:policy_denied|policy_redirect|content_filter_denied|user[-_]defined|virus_detected|authorization_failed)/;
const failureReasons = /^(?:tcp_error|dns_|ssl_|gateway_error|invalid_response|internal_error|icap_)/;

/**
 * What a ProxySG decided. A filter result of DENIED says only that an exception was raised: its reason tells policy from error.
 * Undefined: the line does not say.
 */
export function proxySgAction(cell: CellOf): string | undefined {
  const action = cell('s-action') ?? '';
  const reason = cell('x-exception-id') ?? '';
  const status = cell('sc-status');
  if (status === '407' || reason.startsWith('authentication_') || action.includes('AUTH_REDIRECT'))
    return 'challenged';
  if (policyReasons.test(reason)) return 'blocked';
  if (failureReasons.test(reason) || action.includes('ERR_MISS')) return 'failure';
  if (/^(?:TCP_)?(?:DENIED|POLICY_REDIRECT)/.test(action)) return 'blocked';
  if (cell('sc-filter-result') === 'DENIED') return undefined;
  if (status === undefined || status === '0' || action === '' || action === 'FAILED') return undefined;
  if (Number(status) >= 500)
    return cell('rs-status') === undefined || cell('rs-status') === '0' ? 'failure' : undefined;
  return 'allowed';
}
