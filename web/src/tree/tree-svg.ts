import { clockOf } from '../text/time.ts';
import type { ExportRow } from './export-rows.ts';
import { markupText, visibleText } from './markup-text.ts';
import { chainRows, guideX, rowGuides } from './model/row-guides.ts';
import type { Grade } from './model/tree-columns.ts';
import type { TreeView } from './use-tree-view.ts';

const height = 24;
const headHeight = 56;
const width = 1400;
const place = { start: 420, delta: 510, command: 584, flags: 1300 };
const commandRoom = 98;

const strokes: Readonly<Record<Grade, string>> = {
  exact: 'stroke="#8b95a6"',
  probable: 'stroke="#475063" stroke-width="1.25" stroke-dasharray="4 2.5"',
  ambiguous: 'stroke="#875200" stroke-width="2" stroke-linecap="round" stroke-dasharray=".1 3"',
  claimed: 'stroke="#6945a3" stroke-width="1.25" stroke-dasharray="5 2 1.2 2"',
  none: 'stroke="none"',
};

const marks: Readonly<Record<Grade, (x: number, y: number) => string>> = {
  exact: (x, y) => `<circle cx="${x}" cy="${y}" r="3.5" fill="#8b95a6"/>`,
  probable: (x, y) =>
    `<circle cx="${x}" cy="${y}" r="4" fill="#fff" stroke="#475063" stroke-width="1.3"/><path d="M${x} ${y - 4}a4 4 0 0 0 0 8z" fill="#475063"/>`,
  ambiguous: (x, y) =>
    `<circle cx="${x}" cy="${y}" r="5.2" fill="#fff" stroke="#875200" stroke-width="1.2"/><text x="${x}" y="${y + 3}" font-size="8" font-weight="700" text-anchor="middle" fill="#875200">?</text>`,
  claimed: (x, y) =>
    `<circle cx="${x}" cy="${y}" r="4.2" fill="#fff" stroke="#6945a3" stroke-width="1.4" stroke-dasharray="2.2 1.57"/>`,
  none: (x, y) => `<path d="M${x - 3.5} ${y}h7" stroke="#8b95a6" stroke-width="1.5"/>`,
};

/** Words of the picture, in the language of the page. */
export interface PictureWords {
  readonly title: string;
  readonly subtitle: string;
  readonly claimed: string;
  readonly severity: (row: ExportRow) => string;
  readonly footer: string;
}

/** The rows of the grid as a picture, in the light theme. Texts of logs are text and nothing else. */
export function treeSvg(
  view: TreeView,
  rows: readonly ExportRow[],
  zone: string,
  words: PictureWords,
): string {
  const chain = chainRows(view.rows, -1);
  const total = headHeight + rows.length * height + 34;
  const body = rows.map((row, nth) => {
    const top = headHeight + nth * height;
    return `<g transform="translate(0 ${top})">${lines(view, row, chain)}${texts(row, zone, words)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="Inter, system-ui, 'Segoe UI', 'Hiragino Sans', 'Yu Gothic UI', sans-serif" font-size="12" fill="#161b24">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="12" y="24" font-size="15" font-weight="600">${markupText(visibleText(words.title))}</text>`,
    `<text x="12" y="42" fill="#5f697b">${markupText(visibleText(words.subtitle))}</text>`,
    ...body,
    `<text x="12" y="${total - 12}" font-size="11" fill="#5f697b">${markupText(words.footer)}</text>`,
    '</svg>',
  ].join('\n');
}

function lines(view: TreeView, row: ExportRow, chain: ReturnType<typeof chainRows>): string {
  const guides = rowGuides(view.loaded.columns, view.rows, row.row, chain);
  const x = guideX(row.depth) + 4;
  const from = guideX(row.depth - 1) + 4;
  const parts = guides.passing.map(
    (line) => `<path d="M${guideX(line.level) + 4} 0V24" stroke="#8b95a6" fill="none"/>`,
  );
  if (guides.edge)
    parts.push(
      `<path d="M${from} 0V8Q${from} 12 ${from + 3} 12H${x - 5}" fill="none" ${strokes[guides.edge.grade]}/>`,
    );
  if (guides.runsOn) parts.push(`<path d="M${from} 8V24" stroke="#8b95a6" fill="none"/>`);
  if (guides.down) parts.push(`<path d="M${x} 17V24" stroke="#8b95a6" fill="none"/>`);
  parts.push(
    row.claimed
      ? `<rect x="${x - 4}" y="8" width="8" height="8" rx="1.6" fill="#fff" stroke="#6945a3" stroke-width="1.3" stroke-dasharray="2.1 1.5"/>`
      : marks[row.count > 1 ? 'exact' : row.grade](x, 12),
  );
  return parts.join('');
}

function texts(row: ExportRow, zone: string, words: PictureWords): string {
  const x = guideX(row.depth) + 16;
  const tail = row.count > 1 ? ` × ${row.count}` : row.pid >= 0 ? ` ${row.pid}` : '';
  const below = row.below > 0 ? `  +${row.below}` : '';
  const hot = row.severity === 'high' || row.severity === 'critical';
  const line = row.claimed
    ? (row.details?.unseen.map((reason) => reason.text).join('; ') ?? words.claimed)
    : (row.details?.commandLine?.text ?? row.details?.image ?? '');
  const shown = visibleText(line);
  const cut = shown.length > commandRoom ? `${shown.slice(0, commandRoom)} … (${line.length})` : shown;
  return [
    `<text x="${x}" y="16"><tspan font-weight="550" fill="${row.claimed ? '#6945a3' : '#161b24'}">${markupText(visibleText(row.name))}</tspan><tspan fill="#5f697b" font-size="11">${markupText(tail)}${below}</tspan></text>`,
    row.start === undefined || row.claimed
      ? ''
      : `<text x="${place.start}" y="16" fill="#475063">${clockOf(row.start, zone, 'milliseconds')}</text>`,
    `<text x="${place.delta + 60}" y="16" fill="#5f697b" text-anchor="end" font-size="11.5">${markupText(row.delta)}</text>`,
    `<text x="${place.command}" y="16" fill="${row.claimed ? '#6945a3' : '#475063'}" font-family="'JetBrains Mono', ui-monospace, Consolas, monospace" font-size="11">${markupText(cut)}</text>`,
    row.severity === 'none'
      ? ''
      : `<text x="${place.flags}" y="16" font-size="11" font-weight="600" fill="${hot ? '#b3241c' : '#875200'}">${markupText(words.severity(row))}</text>`,
  ].join('');
}

/** Draws a picture of vectors into one of points, twice as dense as the screen. */
export async function svgToPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    const scale = image.height > 12_000 ? 1 : 2;
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
