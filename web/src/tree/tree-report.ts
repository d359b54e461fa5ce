import type { ExportRow } from './export-rows.ts';
import { markupText, visibleText } from './markup-text.ts';

/** Words of a report, in the language of the page. */
export interface ReportWords {
  readonly language: string;
  readonly title: string;
  /** Facts, a line each. */
  readonly facts: readonly string[];
  readonly heads: {
    readonly process: string;
    readonly start: string;
    readonly delta: string;
    readonly user: string;
    readonly command: string;
    readonly evidence: string;
    readonly flags: string;
  };
  readonly grade: (row: ExportRow) => string;
  readonly severity: (row: ExportRow) => string;
  readonly reason: (reason: { code: string; text: string }) => string;
  readonly evidence: (row: ExportRow) => string;
  readonly below: (row: ExportRow) => string;
  /** A start in short, and with its date. */
  readonly clock: (moment: number) => string;
  readonly moment: (moment: number) => string;
  readonly footer: string;
  readonly link: string;
}

const styles = `
:root{color-scheme:light dark}
body{margin:24px;font:13px/18px Inter,system-ui,"Segoe UI","Hiragino Sans","Yu Gothic UI",Meiryo,sans-serif;background:light-dark(#fff,#12161b);color:light-dark(#161b24,#e3e7ed)}
h1{font-size:18px}ul{padding-left:18px;color:light-dark(#475063,#a9b2c0)}
table{border-collapse:collapse;width:100%;font-size:12px}
th{text-align:left;font-weight:500;color:light-dark(#5f697b,#8d97a7);border-bottom:1px solid light-dark(#d2d7df,#323a46)}
td,th{padding:3px 8px 3px 0;vertical-align:top}
tr+tr td{border-top:1px solid light-dark(#e5e8ed,#222831)}
code{font:11.5px/17px "JetBrains Mono",ui-monospace,Consolas,monospace;font-variant-ligatures:none;overflow-wrap:anywhere;unicode-bidi:isolate;white-space:pre-wrap}
.n{white-space:nowrap;font-variant-numeric:tabular-nums}.d{color:light-dark(#5f697b,#8d97a7)}
.probable,.ambiguous{color:light-dark(#875200,#e6b25a)}.claimed{color:light-dark(#6945a3,#bfa5f0)}
.hot{color:light-dark(#b3241c,#ff8b80);font-weight:600}
footer{margin-top:16px;color:light-dark(#5f697b,#8d97a7)}
`;

/** A page that stands by itself: no script, no request to anywhere. Everything of a log in it is escaped text. */
export function treeReport(rows: readonly ExportRow[], words: ReportWords): string {
  const { heads } = words;
  return `<!doctype html>
<html lang="${markupText(words.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${shown(words.title)}</title>
<style>${styles}</style>
</head>
<body>
<h1>${shown(words.title)}</h1>
<ul>${words.facts.map((fact) => `<li>${shown(fact)}</li>`).join('')}</ul>
<table>
<thead><tr>${[heads.process, heads.start, heads.delta, heads.user, heads.command, heads.evidence, heads.flags].map((head) => `<th scope="col">${shown(head)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => reportRow(row, words)).join('\n')}
</tbody>
</table>
<footer><p>${shown(words.footer)}</p><p><code>${shown(words.link)}</code></p></footer>
</body>
</html>
`;
}

function reportRow(row: ExportRow, words: ReportWords): string {
  const hot = row.severity === 'high' || row.severity === 'critical' ? ' class="hot"' : '';
  const link = row.details?.link.map(words.reason).join('; ') ?? '';
  const unseen = row.details?.unseen.map(words.reason).join('; ') ?? '';
  const grade = `<span class="${row.grade} d" title="${shown(link)}">[${shown(words.grade(row))}]</span>`;
  const command = row.claimed
    ? `<span class="claimed">${shown(unseen)}</span>`
    : `<code>${shown(row.details?.commandLine?.text ?? row.details?.image ?? '')}</code>`;
  const start = row.start === undefined || row.claimed ? '' : words.clock(row.start);
  const whole = row.start === undefined ? '' : words.moment(row.start);
  const number = row.count > 1 ? `× ${row.count}` : row.pid >= 0 ? String(row.pid) : '';
  const reasons = row.details?.flags.map((flag) => words.reason(flag.reason)).join('; ') ?? '';
  return `<tr><td style="padding-left:${Math.min(row.depth, 60) * 14}px"><span class="n"><b>${shown(row.name)}</b> <span class="d">${shown(number)}</span> ${grade}</span>${row.below > 0 ? ` <span class="d n">${shown(words.below(row))}</span>` : ''}</td><td class="n" title="${shown(whole)}">${start}</td><td class="n d">${shown(row.delta)}</td><td>${shown(row.user)}</td><td>${command}</td><td class="d">${shown(words.evidence(row))}</td><td${hot}>${shown(row.severity === 'none' ? '' : words.severity(row))}${reasons === '' ? '' : `<br><span class="d">${shown(reasons)}</span>`}</td></tr>`;
}

function shown(text: string): string {
  return markupText(visibleText(text));
}
