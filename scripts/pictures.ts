// Draws the README's pictures from what the built command really prints: docs/images/*.svg. Run by `npm run docs:pictures`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const columns = 118;
const lineHeight = 20;
const characterWidth = 8.2;
const colours = {
  back: '#0f1720',
  frame: '#1d2a38',
  text: '#d7e0ea',
  dim: '#7f90a3',
  label: '#7fd1b9',
  prompt: '#e6b450',
};

const keizu = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'bin/keizu'), ...args], { encoding: 'utf8' });

const search = [
  'index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic',
  '| rex field=ParentImage "\\x5c(?<ParentName>[^\\x5c]+)$"',
  '| rex field=Image "\\x5c(?<ProcessName>[^\\x5c]+)$"',
  '| eval parent = ParentName." (".ParentProcessId.")"',
  '| eval child = ProcessName." (".ProcessId.")"',
  '| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine',
  '| pstree child=child parent=parent detail=detail spaces=50',
  '| search tree=*Salaries.xls*',
  '| table tree',
];

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[found] ?? found);
}

function piece(text: string, colour: string): string {
  return `<tspan fill="${colour}">${escaped(text)}</tspan>`;
}

/** A line of a tree: its prefix, its label, its detail. */
function treeLine(line: string): string {
  const found = /^((?:`` )*(?:\|--- )?)(.+?\(\d+\))(\s*)(.*)$/.exec(line);
  if (!found) return piece(line, colours.text);
  const [, prefix = '', label = '', blanks = '', detail = ''] = found;
  return piece(prefix, colours.dim) + piece(label, colours.label) + piece(blanks + detail, colours.text);
}

function picture(lines: readonly string[]): string {
  const width = Math.round(columns * characterWidth + 40);
  const height = lines.length * lineHeight + 66;
  const texts = lines.map(
    (line, at) => `<text x="20" y="${58 + at * lineHeight}" xml:space="preserve">${line}</text>`,
  );
  const dots = ['#ef6b5e', '#e8b84a', '#62c554'].map(
    (fill, at) => `<circle cx="${22 + at * 18}" cy="18" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="13.6">`,
    `<rect width="${width}" height="${height}" rx="9" fill="${colours.back}"/>`,
    `<path d="M0 9a9 9 0 0 1 9-9h${width - 18}a9 9 0 0 1 9 9v27H0z" fill="${colours.frame}"/>`,
    ...dots,
    ...texts,
    '</svg>\n',
  ].join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'keizu-pictures-'));
try {
  const store = join(folder, 'store');
  keizu('demo', '--out', join(folder, 'logs'));
  keizu('ingest', join(folder, 'logs'), '--store', store);
  const rows = keizu('search', search.join('\n'), '--store', store).trimEnd().split('\n').slice(2);
  const cut = (line: string) => (line.length > columns ? `${line.slice(0, columns - 1)}\u2026` : line);
  const prompt = search.map(
    (line, at) => piece(at === 0 ? "$ keizu search '" : '> ', colours.prompt) + piece(cut(line), colours.dim),
  );
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(
    join(root, 'docs/images/tree.svg'),
    picture([...prompt, '', ...rows.map((row) => treeLine(cut(row)))]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
