import { writeOut } from './write-out.ts';

/** Text that is written at once. */
const CHUNK = 65_536;

/** Writes lines to standard output, each with its end. */
export async function writeLines(lines: Iterable<string>, end: string): Promise<void> {
  let text = '';
  for (const line of lines) {
    text += line + end;
    if (text.length < CHUNK) continue;
    await writeOut(process.stdout, text);
    text = '';
  }
  await writeOut(process.stdout, text);
}
