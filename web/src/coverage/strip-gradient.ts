/** Parts of an axis as steps of four tones: `linear-gradient(…)`. Empty parts are blank: collected, and nothing happened. */
export function stripGradient(parts: readonly number[]): string {
  if (parts.length === 0) return 'none';
  const most = Math.max(...parts);
  if (most === 0) return 'none';
  const stops: string[] = [];
  let from = 0;
  for (let at = 0; at < parts.length; at += 1) {
    const tone = toneOf(parts[at] ?? 0, most);
    if (at + 1 < parts.length && toneOf(parts[at + 1] ?? 0, most) === tone) continue;
    stops.push(`var(--heat-${tone}) ${share(from, parts.length)} ${share(at + 1, parts.length)}`);
    from = at + 1;
  }
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}

/** 0 for nothing, 1 to 4 by the logarithm, so that few events are seen beside many. */
export function toneOf(value: number, most: number): number {
  if (value <= 0) return 0;
  if (most <= 1) return 2;
  return Math.min(4, 1 + Math.floor((Math.log(value) / Math.log(most)) * 3.999));
}

function share(at: number, of: number): string {
  return `${((at / of) * 100).toFixed(2)}%`;
}
