/** How a piece of an event as recorded is coloured. */
export type RawTone = 'mark' | 'name' | 'string' | 'plain';

export interface RawPiece {
  readonly tone: RawTone;
  readonly text: string;
}

/** Lines of more than this are shown without colours. */
const longestColoured = 4000;

/**
 * The lines of an event as it was recorded. XML on one line is broken before each element that follows another, JSON after
 * each member: only line breaks and indents are added, nothing is decoded or left out.
 */
export function rawLines(raw: string): readonly string[] {
  const text = raw.trim();
  if (text.startsWith('<') && !text.slice(0, 100_000).includes('\n'))
    return text
      .replace(/>(?=<(?!\/))/g, '>\n')
      .replace(/(<\/[^>]+>)(?=<\/)/g, '$1\n')
      .split('\n');
  if (text.startsWith('{') && text.length < 200_000 && !text.includes('\n')) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2).split('\n');
    } catch {
      return [text];
    }
  }
  return text.split(/\r?\n/);
}

const xml = /(<\/?[\w:.-]+|\/?>|\?>|<\?[\w-]+)|([\w:.-]+=)|("[^"]*"|'[^']*')/g;

/** Marks, names and strings of a line of XML; other lines are plain. */
export function rawPieces(line: string): readonly RawPiece[] {
  if (!line.trimStart().startsWith('<') || line.length > longestColoured)
    return [{ tone: 'plain', text: line }];
  const pieces: RawPiece[] = [];
  let at = 0;
  let inTag = false;
  for (const found of line.matchAll(xml)) {
    const [text, mark, name] = found;
    const opens = mark?.startsWith('<') === true;
    if (!opens && !inTag) continue;
    if (found.index > at) pieces.push({ tone: 'plain', text: line.slice(at, found.index) });
    pieces.push({ tone: mark !== undefined ? 'mark' : name !== undefined ? 'name' : 'string', text });
    at = found.index + text.length;
    inTag = opens || (inTag && mark === undefined);
  }
  if (at < line.length) pieces.push({ tone: 'plain', text: line.slice(at) });
  return pieces;
}

/** Fields that tell who the process and its parent are: what a link rests on. */
const telling =
  /Name=["'](UtcTime|ParentProcessGuid|ParentProcessId|ProcessGuid|CreatorProcessId|NewProcessId|ProcessId|TimeCreated)["']/i;

export function isTelling(line: string): boolean {
  return telling.test(line.slice(0, 300));
}
