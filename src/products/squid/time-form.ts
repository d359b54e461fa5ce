/** A form in which a user has times written (`%{%Y-%m-%dT%H:%M:%S%z}tl`), as strftime has it. */
export interface TimeForm {
  /** An expression without groups that such a time is of. */
  readonly pattern: string;
  /** The time as ISO 8601, with its zone where the form has one; undefined where it is none. */
  iso(text: string): string | undefined;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

type Part =
  | 'year'
  | 'short'
  | 'month'
  | 'name'
  | 'day'
  | 'hour'
  | 'twelve'
  | 'half'
  | 'minute'
  | 'second'
  | 'zone';

const parts: Readonly<Record<string, readonly [pattern: string, part: Part]>> = {
  Y: ['\\d{4}', 'year'],
  y: ['\\d{2}', 'short'],
  m: ['\\d{2}', 'month'],
  b: ['[A-Z][a-z]{2}', 'name'],
  h: ['[A-Z][a-z]{2}', 'name'],
  d: ['\\d{2}', 'day'],
  e: ['[ \\d]\\d', 'day'],
  H: ['\\d{2}', 'hour'],
  I: ['\\d{2}', 'twelve'],
  p: ['[AaPp][Mm]', 'half'],
  M: ['\\d{2}', 'minute'],
  S: ['\\d{2}', 'second'],
  z: ['[+-]\\d{4}', 'zone'],
};
const composed: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  D: '%m/%d/%y',
  R: '%H:%M',
};

/** The form of an argument; undefined where it has what is not known here, or not a whole date and time. */
export function timeForm(argument: string): TimeForm | undefined {
  const spelled = argument.replace(/%([FTDR])/g, (_, letter: string) => composed[letter] ?? '');
  const found: Part[] = [];
  let plain = '';
  let grouped = '';
  for (const [piece] of spelled.matchAll(/%.?|[^%]+/gs)) {
    const known = piece.startsWith('%') ? parts[piece.slice(1)] : undefined;
    if (piece.startsWith('%') && piece !== '%%' && known === undefined) return undefined;
    const pattern = known?.[0] ?? (piece === '%%' ? '%' : piece).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    plain += pattern;
    grouped += known === undefined ? pattern : `(${pattern})`;
    if (known !== undefined) found.push(known[1]);
  }
  const has = (...names: readonly Part[]) => found.filter((each) => names.includes(each)).length === 1;
  if (
    !has('year', 'short') ||
    !has('month', 'name') ||
    !has('day') ||
    !has('hour', 'twelve') ||
    !has('minute')
  )
    return undefined;
  if (found.includes('twelve') !== found.includes('half')) return undefined;
  const whole = new RegExp(`^${grouped}$`);
  return {
    pattern: plain,
    iso: (text) => {
      const values = whole.exec(text)?.slice(1);
      return values === undefined
        ? undefined
        : isoOf(new Map(found.map((part, at) => [part, values[at] ?? ''])));
    },
  };
}

function isoOf(said: ReadonlyMap<Part, string>): string | undefined {
  const named = months.indexOf(said.get('name') ?? '-');
  const month = said.get('month') ?? (named >= 0 && named % 3 === 0 ? String(named / 3 + 1) : undefined);
  if (month === undefined) return undefined;
  const two = (text: string | number) => String(text).trim().padStart(2, '0');
  const twelve = said.get('twelve');
  const isLate = /^p/i.test(said.get('half') ?? '');
  const hour = twelve === undefined ? (said.get('hour') ?? '') : (Number(twelve) % 12) + (isLate ? 12 : 0);
  const year = said.get('year') ?? `20${said.get('short')}`;
  return `${year}-${two(month)}-${two(said.get('day') ?? '')}T${two(hour)}:${said.get('minute')}:${said.get('second') ?? '00'}${said.get('zone') ?? ''}`;
}
