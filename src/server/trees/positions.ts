import { ApiFailure } from '../api-failure.ts';

/** Reads `1,2,5-40`; fails with `ApiFailure` where the text is no such list or names more than `most` positions below `size`. */
export function readPositions(text: string, size: number, most: number): readonly number[] {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part.trim()) ?? [];
    if (first === undefined)
      throw new ApiFailure(400, 'bad-positions', `positions: ${part} is no position.`, {
        hint: 'Give numbers and ranges with commas between: 1,2,5-40.',
      });
    const to = Math.min(last === undefined ? Number(first) : Number(last), size - 1);
    for (let position = Number(first); position <= to; position++) {
      found.add(position);
      if (found.size > most)
        throw new ApiFailure(400, 'too-many-positions', `positions: at most ${most} go into one request.`, {
          hint: 'Ask for those that are visible.',
        });
    }
  }
  return [...found];
}
