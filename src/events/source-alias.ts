const windowsPrefix = /^(?:xml)?wineventlog:/;

/**
 * The spellings (lower case) that a search for this source has to accept, the asked one first: `WinEventLog:X` (a channel
 * rendered as text) and `XmlWinEventLog:X` (as XML) are one source. A pattern with `*` is
 * taken as it stands: `WinEventLog:*` gives `wineventlog:*` and `xmlwineventlog:*`.
 */
export function sourceAliases(source: string): readonly string[] {
  const lower = source.toLowerCase();
  const found = windowsPrefix.exec(lower);
  if (!found) return [lower];
  const channel = lower.slice(found[0].length);
  return lower.startsWith('xml') ? [lower, `wineventlog:${channel}`] : [lower, `xmlwineventlog:${channel}`];
}
