/**
 * Whether two names mean one account: one sensor names the domain and another does not; Security calls SYSTEM by the
 * computer's account.
 */
export function sameAccount(one: string, other: string): boolean {
  const [domain, first] = accountParts(one);
  const [otherDomain, second] = accountParts(other);
  if (first.endsWith('$') || second.endsWith('$')) return true;
  return (
    first === second &&
    (domain === '' || otherDomain === '' || domain.split('.')[0] === otherDomain.split('.')[0])
  );
}

function accountParts(account: string): readonly [domain: string, name: string] {
  const text = account.toLowerCase();
  const end = text.lastIndexOf('\\');
  return [text.slice(0, Math.max(0, end)), text.slice(end + 1)];
}

/** Security has one label for an AppContainer and a low level; Sysmon names the AppContainer. */
export function sameIntegrity(one: string, other: string): boolean {
  return integrityLabel(one) === integrityLabel(other);
}

function integrityLabel(level: string): string {
  const label = level.toLowerCase();
  return label === 'appcontainer' ? 'low' : label;
}
