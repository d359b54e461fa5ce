/** Hierarchy codes with which Squid asked another proxy, and not the destination (Squid, `src/hier_code.h`). */
const peerCodes: ReadonlySet<string> = new Set([
  'SIBLING_HIT',
  'PARENT_HIT',
  'DEFAULT_PARENT',
  'SINGLE_PARENT',
  'FIRSTUP_PARENT',
  'FIRST_UP_PARENT',
  'FIRST_PARENT_MISS',
  'CLOSEST_PARENT',
  'CLOSEST_PARENT_MISS',
  'ROUNDROBIN_PARENT',
  'CD_PARENT_HIT',
  'CD_SIBLING_HIT',
  'CARP',
  'ANY_OLD_PARENT',
  'ANY_PARENT',
  'USERHASH_PARENT',
  'SOURCEHASH_PARENT',
  'STANDBY_POOL',
]);

/** Whether the next hop of this hierarchy code was another proxy. `PINNED` may be either and counts as none. */
export function isPeer(hierarchy: string): boolean {
  return peerCodes.has(hierarchy.replace(/^TIMEOUT_/, ''));
}

/** A tag without what is put behind its name: `TCP_MISS_ABORTED` → `TCP_MISS`. */
export function bareTag(tag: string): string {
  return tag.replace(/(?:_IGNORED)?(?:_TIMEDOUT)?(?:_ABORTED)?$/, '');
}

/**
 * What the tag, the status and the hierarchy say of the device's decision: `blocked` by a rule, `challenged` (407), `failure`
 * of Squid's own to get an answer, `allowed`; undefined where a line does not tell (a 5xx with a server may be the server's).
 */
export function actionOf(
  tag: string,
  status: number | undefined,
  hierarchy: string | undefined,
): string | undefined {
  const bare = bareTag(tag);
  const reached = hierarchy !== undefined && hierarchy !== 'HIER_NONE' && hierarchy !== 'NONE';
  if (bare.includes('_DENIED')) return status === 407 && !bare.endsWith('_REPLY') ? 'challenged' : 'blocked';
  if (bare === 'TCP_REDIRECT' || bare === 'NONE_REDIRECT') return 'blocked';
  if (status === undefined || status === 0 || bare.startsWith('UDP_')) return undefined;
  const isCached = bare.endsWith('_HIT');
  if (status === 403 && !reached && !isCached) return 'blocked';
  if (status >= 500) return reached ? undefined : isCached ? 'allowed' : 'failure';
  if (bare.startsWith('NONE') && status >= 400) return 'failure';
  if (bare === 'TCP_REFRESH_FAIL_OLD' || bare === 'TCP_REFRESH_FAIL_ERR') return 'failure';
  return 'allowed';
}
