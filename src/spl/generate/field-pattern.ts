/** Whether a field name as written is a pattern. */
export function isPattern(name: string): boolean {
  return name.includes('*');
}

/**
 * Matches a name against a pattern of field names, in which `*` is any run of characters. Gives what each `*` stood for,
 * each as short as it can be but the last, or undefined. Linear in practice: the pieces between the stars are searched
 * for from left to right.
 */
export function matchFieldPattern(pattern: string, name: string): readonly string[] | undefined {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return name === pattern ? [] : undefined;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return undefined;
  const stars: string[] = [];
  const end = name.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return undefined;
    stars.push(name.slice(at, found));
    at = found + piece.length;
  }
  stars.push(name.slice(at, end));
  return stars;
}

/** Puts what the stars of one pattern stood for into another with as many stars. */
export function fillFieldPattern(pattern: string, stars: readonly string[]): string {
  return pattern.split('*').reduce((text, piece, at) => text + (stars[at - 1] ?? '') + piece);
}

/** Internal fields are matched only by patterns that begin with an underscore. */
export function patternReaches(pattern: string, name: string): boolean {
  if (name.startsWith('_') && !pattern.startsWith('_')) return false;
  return matchFieldPattern(pattern, name) !== undefined;
}

/** The names that a list of names and patterns means, each once, in the list's order. Names that do not exist stay. */
export function expandFieldPatterns(listed: readonly string[], existing: readonly string[]): string[] {
  const names = new Set<string>();
  for (const entry of listed) {
    if (!isPattern(entry)) names.add(entry);
    else for (const name of existing) if (patternReaches(entry, name)) names.add(name);
  }
  return [...names];
}
