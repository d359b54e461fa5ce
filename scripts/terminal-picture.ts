import stringWidth from 'string-width';

/** Text in one colour. */
export interface Piece {
  readonly text: string;
  readonly colour: Colour;
}

export type Colour = keyof typeof colours;
export type Line = readonly Piece[];

/** A window of a terminal with lines of text. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Characters in a line. */
  readonly columns: number;
}

const colours = {
  back: '#0f1720',
  frame: '#1d2a38',
  text: '#d7e0ea',
  dim: '#7f90a3',
  faint: '#4d5f73',
  label: '#7fd1b9',
  prompt: '#e6b450',
  good: '#8fd18a',
  doubt: '#f0a05a',
  bad: '#ff7b72',
  claim: '#a8a0e8',
} as const;

const lineHeight = 20;
const characterWidth = 8.2;
const margin = 20;
const bar = 36;
const between = 16;

const widthOf = ({ columns }: Panel): number => Math.round(columns * characterWidth + 2 * margin);

/** Panels side by side, all as high as the highest, as an SVG. */
export function terminalPicture(panels: readonly Panel[]): string {
  const height = Math.max(...panels.map(({ lines }) => lines.length)) * lineHeight + bar + 30;
  const width =
    panels.reduce((sum, panel) => sum + widthOf(panel), 0) + between * Math.max(0, panels.length - 1);
  let x = 0;
  const drawn: string[] = [];
  for (const panel of panels) {
    drawn.push(...drawPanel(panel, x, height));
    x += widthOf(panel) + between;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="13.6">`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawPanel(panel: Panel, x: number, height: number): readonly string[] {
  const width = widthOf(panel);
  const dots = ['#ef6b5e', '#e8b84a', '#62c554'].map(
    (fill, at) => `<circle cx="${x + 22 + at * 18}" cy="18" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<rect x="${x}" width="${width}" height="${height}" rx="9" fill="${colours.back}"/>`,
    `<path d="M${x} 9a9 9 0 0 1 9-9h${width - 18}a9 9 0 0 1 9 9v27H${x}z" fill="${colours.frame}"/>`,
    ...dots,
    `<text x="${x + width / 2}" y="23" text-anchor="middle" fill="${colours.dim}">${escaped(panel.title)}</text>`,
    ...panel.lines.flatMap((line, at) => drawLine(line, x + margin, bar + 22 + at * lineHeight)),
  ];
}

/** Each piece at its own column, so that another font's widths move nothing. */
function drawLine(line: Line, x: number, y: number): readonly string[] {
  let column = 0;
  const drawn: string[] = [];
  for (const { text, colour } of line) {
    const width = stringWidth(text);
    if (text.trim() !== '')
      drawn.push(
        `<text x="${number(x + column * characterWidth)}" y="${y}" fill="${colours[colour]}" textLength="${number(width * characterWidth)}" xml:space="preserve">${escaped(text)}</text>`,
      );
    column += width;
  }
  return drawn;
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[found] ?? found);
}

/** A text that is longer than so many characters, cut. */
export function cut(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, Math.max(0, columns - 1))}…` : text;
}
