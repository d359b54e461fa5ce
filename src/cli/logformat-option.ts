import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { logformatsOf, parseLogformat } from '../products/squid/logformat-parse.ts';

/**
 * Reads `--logformat`: a `logformat` line of squid.conf, its definition alone, or a file that holds such lines. It may be
 * given again; gives all definitions so far.
 */
export function logformatOption(text: string, before: readonly string[] = []): readonly string[] {
  if (text.includes('%')) {
    const parsed = parseLogformat(text);
    if ('message' in parsed) throw new InvalidArgumentError(`${parsed.message}.`);
    return [...before, text];
  }
  const lines = logformatsOf(fileText(text));
  if (lines.length === 0) throw new InvalidArgumentError('There is no logformat line in that file.');
  for (const line of lines) {
    const parsed = parseLogformat(line);
    if ('message' in parsed) throw new InvalidArgumentError(`${line.slice(0, 60)}: ${parsed.message}.`);
  }
  return [...before, ...lines];
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new InvalidArgumentError(
      'Expected a logformat line of squid.conf (%ts %>a %ru …), or a file that holds such lines.',
    );
  }
}
