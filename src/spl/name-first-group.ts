/**
 * The pattern with its first capturing group named; undefined where it has none. A name that the group has already is
 * replaced. The pattern must be valid.
 */
export function nameFirstGroup(pattern: string, name: string): string | undefined {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') {
      // \Q…\E is literal text.
      if (pattern[at + 1] === 'Q') {
        const close = pattern.indexOf('\\E', at);
        at = close === -1 ? pattern.length : close;
      }
      at += 1;
    } else if (inClass)
      inClass = character !== ']' || pattern[at - 1] === '[' || pattern.startsWith('[^]', at - 2);
    else if (character === '[') inClass = true;
    else if (character === '(') {
      const named = /^\((?:\?P?<[A-Za-z_]\w*>|\?'[A-Za-z_]\w*')/.exec(pattern.slice(at, at + 300));
      if (named !== null || pattern[at + 1] !== '?')
        return `${pattern.slice(0, at)}(?<${name}>${pattern.slice(at + (named?.[0].length ?? 1))}`;
    }
  }
  return undefined;
}
