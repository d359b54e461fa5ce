/** The columns of the treegrid, in their order. */
export const columnNames = [
  'process',
  'start',
  'delta',
  'lifetime',
  'user',
  'command',
  'evidence',
  'flags',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** Columns that are always there. */
const fixed: ReadonlySet<ColumnName> = new Set(['process', 'command', 'flags']);

/** In which order columns leave a grid that grows narrow. */
const dropOrder: readonly ColumnName[] = ['user', 'lifetime', 'delta', 'evidence', 'start'];

/** Behind a start is room for one digit of a day; each further one takes so many pixels. */
const digit = 6;

interface Widths {
  readonly wide: string;
  readonly narrow: string;
  /** Pixels below which a column leaves. */
  readonly least: number;
}

const widths: Readonly<Record<ColumnName, Widths>> = {
  process: { wide: '292px', narrow: '258px', least: 258 },
  start: { wide: startWidth(true, 0), narrow: startWidth(false, 0), least: 70 },
  delta: { wide: '58px', narrow: '54px', least: 54 },
  lifetime: { wide: '136px', narrow: '100px', least: 100 },
  user: { wide: '90px', narrow: '84px', least: 90 },
  command: { wide: '[cmd] minmax(200px, 1fr)', narrow: '[cmd] minmax(120px, 1fr)', least: 150 },
  evidence: { wide: '148px', narrow: '126px', least: 126 },
  flags: { wide: '72px', narrow: '66px', least: 66 },
};

const wideFrom = 1080;

/** What a person chose: a column that is not named is there as far as the width allows. */
export type ColumnChoice = Readonly<Partial<Record<ColumnName, 'show' | 'hide'>>>;

export interface GridColumns {
  readonly shown: readonly ColumnName[];
  /** For `grid-template-columns`. */
  readonly template: string;
  /** Whether starts have milliseconds. */
  readonly wide: boolean;
  /** Pixels that the columns need; the grid scrolls sideways below it. */
  readonly least: number;
}

export function isFixedColumn(name: ColumnName): boolean {
  return fixed.has(name);
}

/**
 * The columns for a grid of some pixels. `names` is what the longest name with its lines needs: a name may not be cut before
 * the command line is, so that the first column grows up to two fifths of the grid. `days` is how many the tree goes over: behind
 * a start stands on which of them it was, and a number that is cut would be another one.
 */
export function gridColumns(width: number, choice: ColumnChoice, names = 0, days = 0): GridColumns {
  const wide = width >= wideFrom;
  let shown = columnNames.filter((name) => choice[name] !== 'hide' || fixed.has(name));
  const room = (names: readonly ColumnName[]) => names.reduce((sum, name) => sum + widths[name].least, 0);
  for (const name of dropOrder) {
    if (name === 'user' ? wide : room(shown) <= width) continue;
    if (choice[name] !== 'show') shown = shown.filter((each) => each !== name);
  }
  const template = shown.map((name) => {
    const { wide: large, narrow } = widths[name];
    if (name === 'process') return processWidth(width, wide ? 292 : 258, names);
    if (name === 'start') return startWidth(wide, days);
    return wide ? large : narrow;
  });
  return {
    shown,
    template: template.join(' '),
    wide,
    least: room(shown),
  };
}

function startWidth(wide: boolean, days: number): string {
  return `${(wide ? 102 : 70) + digit * (String(days).length - 1)}px`;
}

function processWidth(width: number, least: number, names: number): string {
  const wanted = Math.min(Math.max(names, least), Math.max(least, width * 0.4));
  return `${Math.round(wanted)}px`;
}
