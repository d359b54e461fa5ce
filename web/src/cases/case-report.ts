import type { CaseView } from '../../../src/server/contracts/cases.ts';
import { markupText, visibleText } from '../tree/markup-text.ts';

export interface CaseReportWords {
  readonly language: string;
  readonly clock: (moment: number) => string;
  readonly made: string;
  readonly missing: string;
  readonly said: (event: NonNullable<CaseView['items'][number]['pinned']['event']>) => string;
}

const styles = `
:root{color-scheme:light dark}
body{margin:24px auto;max-width:900px;padding:0 16px;font:13px/19px Inter,system-ui,"Segoe UI","Hiragino Sans","Yu Gothic UI",Meiryo,sans-serif}
h1{font-size:20px}li{margin:0 0 14px;padding-left:10px;border-left:2px solid #8b95a6;list-style:none}ol{padding:0}
code{display:block;font:11.5px/17px "JetBrains Mono",ui-monospace,Consolas,monospace;font-variant-ligatures:none;overflow-wrap:anywhere;unicode-bidi:isolate}
p{margin:3px 0;white-space:pre-wrap}small{color:light-dark(#5f697b,#8d97a7)}
`;

/** A case as a page that stands by itself: no script, no request to anywhere, all text escaped. */
export function caseReport(view: CaseView, words: CaseReportWords): string {
  const items = view.items.map((item) => {
    const process = item.pinned.process;
    const event = item.pinned.event;
    const head = process
      ? `<b>${shown(process.name)}</b> ${process.pid ?? ''} <small>${shown(process.host)} ${clock(process.start, words)}</small><code>${shown(process.commandLine ?? '')}</code><small>${shown(process.id)}</small>`
      : event
        ? `<b>${shown(`${event.product} ${event.eventCode ?? ''}`)}</b> <small>${shown(event.host)} ${clock(event.time, words)}</small><code>${shown(words.said(event))}</code><small>${shown(event.id)}</small>`
        : item.pin.kind === 'process' || item.pin.kind === 'event'
          ? `<small>${shown(words.missing)}</small>`
          : '';
    const tags = item.tags.length === 0 ? '' : ` [${item.tags.join(', ')}]`;
    return `<li>${head}<p>${shownLines(item.text)}</p><small>${shown(`${item.author}${tags}`)} ${clock(item.created, words)}</small></li>`;
  });
  return `<!doctype html>
<html lang="${markupText(words.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${shown(view.case.name)}</title>
<style>${styles}</style>
</head>
<body>
<h1>${shown(view.case.name)}</h1>
<p>${shownLines(view.case.description)}</p>
<p><small>${shown(words.made)}</small></p>
<ol>
${items.join('\n')}
</ol>
</body>
</html>
`;
}

function shown(text: string): string {
  return markupText(visibleText(text));
}

function shownLines(text: string): string {
  return text.split('\n').map(shown).join('\n');
}

function clock(moment: string | null, words: CaseReportWords): string {
  const time = moment === null ? Number.NaN : Date.parse(moment);
  return Number.isNaN(time) ? '' : markupText(words.clock(time));
}
