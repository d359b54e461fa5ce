import { exportReportStart } from '../formats/export-folder.ts';
import type { FileSink } from './file-sink.ts';

/** A part of the report: a heading, and lines as a terminal would show them. */
export interface ReportSection {
  readonly title: string;
  readonly lines: AsyncIterable<string> | Iterable<string>;
}

/** Lines of a section at most; the others are counted. */
const mostLines = 20_000;

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:100rem;padding:0 1rem;color:#1b1f24;background:#fff}
pre{font:13px/1.45 ui-monospace,"JetBrains Mono",monospace;overflow-x:auto;border-left:3px solid #ccd;padding-left:1rem}
@media(prefers-color-scheme:dark){body{color:#dde3ea;background:#14171c}}`;

/** Writes a page that needs nothing else: no script, and a policy under which none would run. Gives what was left out. */
export async function writeReport(
  sink: FileSink,
  title: string,
  sections: AsyncIterable<ReportSection>,
): Promise<readonly string[]> {
  const leftOut: string[] = [];
  sink.text.text(
    `${exportReportStart}
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${htmlText(title)}</title>
<style>${style}</style>
<h1>${htmlText(title)}</h1>
`,
  );
  for await (const section of sections) {
    sink.text.text(`<h2>${htmlText(section.title)}</h2>\n<pre>`);
    let shown = 0;
    let hidden = 0;
    for await (const line of section.lines) {
      if (shown >= mostLines) hidden++;
      else {
        shown++;
        sink.text.text(`${htmlText(line)}\n`);
        if (sink.add(0)) await sink.flush();
      }
    }
    sink.text.text('</pre>\n');
    if (hidden === 0) continue;
    const said = `${section.title}: ${hidden} more lines are not in the report`;
    leftOut.push(said);
    sink.text.text(`<p>${htmlText(said)}; the files beside it have everything.</p>\n`);
  }
  return leftOut;
}

const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for a page. Characters that no text has, or that turn the reading direction, are made visible. */
export function htmlText(text: string): string {
  return text
    .replace(/[&<>"']/g, (found) => special[found] ?? found)
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
      (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
