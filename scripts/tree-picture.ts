import { type Colour, cut, type Line, type Piece } from './terminal-picture.ts';

const grades: Readonly<Record<string, Colour>> = {
  '=': 'good',
  '~': 'prompt',
  '?': 'doubt',
  ':': 'claim',
};
const notes: Readonly<Record<string, Colour>> = {
  '!': 'prompt',
  '≠': 'bad',
  '+': 'label',
  '?': 'doubt',
  ':': 'claim',
};

export interface TreePictureOptions {
  readonly columns: number;
  /** Whether the lines begin with a column of marks (`--compare`). */
  readonly marks?: boolean;
  readonly commandLines?: boolean;
  /** Only the process whose line has this, and what is below it. */
  readonly from?: string;
}

/** Where the drawing begins in a line without marks: after the time and the grade. */
const DRAWING = 27;

/** What `keizu tree` printed of processes, as lines of a picture: times of the day, and long notes on several lines. */
export function treeLines(printed: readonly string[], options: TreePictureOptions): readonly Line[] {
  const lines = options.marks ? printed.map((line) => line.slice(2)) : printed;
  const { from = '' } = options;
  const begin = lines.findIndex((line) => line.includes(from));
  if (begin < 0) throw new Error(`no process has "${from}" in its line`);
  const left = from === '' ? 0 : drawingOf(lines[begin] ?? '').length;
  const rest = lines.slice(begin + 1);
  const outside = rest.findIndex((line) => drawingOf(line).length <= left);
  const end = from === '' || outside < 0 ? lines.length : begin + 1 + outside;
  return lines
    .slice(begin, end)
    .flatMap((line, at) => treeLine(line, printed[begin + at]?.startsWith('≠') ?? false, left, options));
}

function drawingOf(line: string): string {
  return /^[│├└─╌╎ ]*/u.exec(line.slice(DRAWING))?.[0] ?? '';
}

function treeLine(
  line: string,
  marked: boolean,
  left: number,
  { columns, commandLines = false }: TreePictureOptions,
): readonly Line[] {
  const moment = /^[ ≈]\d{4}-\d\d-\d\d ([\d:.]+)/.exec(line);
  const whole = drawingOf(line);
  const drawing = whole.slice(left);
  const text = line.slice(DRAWING + whole.length);
  if (moment === null) return noteLines(drawing, text, columns);
  const mark = marked ? '≠' : line.startsWith('≈') ? '≈' : ' ';
  const grade = line.charAt(25);
  const head: Piece[] = [
    { text: mark, colour: mark === '≠' ? 'bad' : 'dim' },
    { text: `${moment[1]} `, colour: 'dim' },
    { text: `${grade} `, colour: grades[grade] ?? 'dim' },
    { text: drawing, colour: 'faint' },
  ];
  const [, label = '', known = '', more = ''] =
    /^(\S.*? \(\d+\))((?: \([a-z ]+\))?)(?: {2,}(.*))?$/u.exec(text) ?? [];
  const used = length(head);
  if (label === '') return [[...head, { text: cut(text, columns - used), colour: 'dim' }]];
  head.push({ text: label, colour: mark === '≠' ? 'bad' : 'label' }, { text: known, colour: 'claim' });
  const command = more.split(/ {2,}/u).slice(1).join('  ');
  if (commandLines && command !== '')
    head.push({ text: `  ${cut(command, columns - length(head) - 2)}`, colour: 'text' });
  return [head];
}

const length = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0);

const BEFORE = 16;

function noteLines(drawing: string, text: string, columns: number): readonly Line[] {
  const said = text.replace(/\d{4}-\d\d-\d\d (?=\d\d:)/gu, '');
  const colour = said.startsWith('…') ? 'dim' : (notes[said.charAt(0)] ?? 'text');
  const room = columns - BEFORE - drawing.length;
  return wrapped(said, room).map((part, at) => [
    { text: ' '.repeat(BEFORE), colour: 'dim' },
    { text: at === 0 ? drawing : drawing.replace('├─', '│ ').replace('└─', '  '), colour: 'faint' },
    { text: at === 0 ? part : `  ${part}`, colour },
  ]);
}

/** A text in lines of at most so many characters; those after the first are two shorter. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = lines.length === 0 ? columns : columns - 2;
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => cut(each, columns));
}
