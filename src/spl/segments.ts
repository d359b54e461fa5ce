import { folded } from './fold-case.ts';

/**
 * How raw text falls into the pieces that bare words match (segmenters.conf, default segmentation): major breakers part it
 * into segments, minor breakers part these into sub-segments, and a word matches any of both kinds, whole.
 */
const majorCharacters = '[]<>(){}|!;,\'"*\n\r \t&?+';
const minorCharacters = '/:=@.-$#%\\_';

/** Major breakers of several characters; the part behind the per cent sign. */
const majorCodes = [
  '21',
  '26',
  '2526',
  '3B',
  '7C',
  '20',
  '2B',
  '3D',
  '2520',
  '5D',
  '5B',
  '3A',
  '0A',
  '2C',
  '28',
  '29',
];

function classOf(characters: string): string {
  return characters
    .replace(/[\\\]^[-]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
}

const major = classOf(majorCharacters);
const anyBreaker = classOf(majorCharacters + minorCharacters);
const codes = `%(?:${majorCodes.map((code) => code.toLowerCase()).join('|')})|--`;

const breakers = new Set(majorCharacters + minorCharacters);

function escapeRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

export interface SegmentPattern {
  /** RE2, for text that is in lower case (unless `caseSensitive` was asked); `.` matches a line feed. */
  readonly pattern: string;
  /** A piece that every match contains, for a quick test first. */
  readonly needle: string;
  /** The needle alone decides: the pattern need not be tried. */
  readonly needleOnly: boolean;
}

/**
 * What a word or phrase matches. In a word `*` is a run within its segment, in a phrase any run. A side that is a wildcard or
 * a breaker itself needs no border. `whole` asks for major borders on both sides (TERM).
 */
export function segmentPattern(
  text: string,
  options: { readonly phrase: boolean; readonly whole: boolean; readonly caseSensitive: boolean },
): SegmentPattern {
  const wanted = options.caseSensitive ? text : folded(text);
  const pieces = wanted.split('*');
  const run = options.phrase ? '(?s:.)*' : `[^${major}]*`;
  const needle = pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  const first = wanted[0] ?? '';
  const last = wanted.at(-1) ?? '';
  const border = options.whole ? major : anyBreaker;
  const open = first === '*' || (!options.whole && breakers.has(first));
  const closed = last === '*' || (!options.whole && breakers.has(last));
  const flag = options.caseSensitive ? codes.replace(/%\(\?:/, '%(?i:') : codes;
  const before = open ? '' : `(?:^|[${border}]|${flag})`;
  const after = closed ? '' : `(?:$|[${border}]${options.whole ? `|${flag}` : ''})`;
  const inner = pieces.filter((piece, at) => piece !== '' || (at > 0 && at < pieces.length - 1));
  return {
    pattern: before + inner.map(escapeRegex).join(run) + after,
    needle,
    needleOnly: before === '' && after === '' && inner.length === 1,
  };
}
