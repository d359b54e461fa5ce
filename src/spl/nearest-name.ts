/** The name that differs least from a misspelt one, if any is near: at most a third of its letters, and at most 3. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length > 64) return undefined;
  let limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let nearest: string | undefined;
  for (const candidate of names) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const edits = countEdits(wanted, candidate.toLowerCase());
    if (edits > limit || (nearest !== undefined && edits === limit)) continue;
    nearest = candidate;
    limit = edits;
  }
  return nearest;
}

/** Damerau-Levenshtein distance with adjacent swaps. */
function countEdits(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let edits = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        edits = Math.min(edits, (before[column - 2] ?? row) + 1);
      current.push(edits);
    }
    before = above;
    above = current;
  }
  return above[right.length] ?? 0;
}
