const windowsPrefix = /^(?:xml)?wineventlog:/;

/**
 * One form for the names of the same source: lower case, and `WinEventLog:X` (a channel rendered as text) and
 * `XmlWinEventLog:X` (as XML) both as `xmlwineventlog:x`. Two sources are the same where their canonical forms are equal.
 */
export function canonicalSource(source: string): string {
  const lower = source.toLowerCase();
  const found = windowsPrefix.exec(lower);
  return found ? `xmlwineventlog:${lower.slice(found[0].length)}` : lower;
}

/**
 * The spellings (lower case) that a search for this source has to accept, the asked one first. A pattern with `*` is
 * taken as it stands: `WinEventLog:*` gives `wineventlog:*` and `xmlwineventlog:*`.
 */
export function sourceAliases(source: string): readonly string[] {
  const lower = source.toLowerCase();
  const found = windowsPrefix.exec(lower);
  if (!found) return [lower];
  const channel = lower.slice(found[0].length);
  return lower.startsWith('xml') ? [lower, `wineventlog:${channel}`] : [lower, `xmlwineventlog:${channel}`];
}
