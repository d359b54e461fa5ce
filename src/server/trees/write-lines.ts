import type { StreamingApi } from 'hono/utils/stream';

/** Text that is sent at once, in UTF-16 units. */
const chunk = 65_536;

/** Writes lines, each with its end, and stops where nobody reads them any more. */
export async function writeLines(out: StreamingApi, lines: Iterable<string>, end: string): Promise<void> {
  let text = '';
  for (const line of lines) {
    text += line + end;
    if (text.length < chunk) continue;
    if (out.aborted) return;
    await out.write(text);
    text = '';
  }
  if (text !== '') await out.write(text);
}

/** The header that makes a browser save an answer under a name; what file systems do not take becomes `_`. */
export function attachment(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-120);
  return `attachment; filename="${plain}"`;
}
