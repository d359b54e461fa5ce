import { resolve } from 'node:path';
import { terminalText } from '../core/terminal-text.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { byteText, countOf } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';

export interface DemoOptions {
  readonly out: string;
  readonly seed: number;
  readonly hosts: number;
  readonly days: number;
  readonly events?: number;
}

/** Writes the demonstration case and says what was written. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const folder = resolve(options.out);
  const { seed, hosts, days, events } = options;
  try {
    const done = await writeDemo(folder, { seed, hosts, days, ...(events !== undefined && { events }) });
    process.stdout.write(
      `wrote ${countOf(done.events, 'event')} (${byteText(done.bytes)}) in ${countOf(done.files.length, 'file')} to ${terminalText(folder)}\n`,
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandFailure(
      `keizu: cannot write to ${terminalText(folder)}: ${terminalText((error as Error).message)}`,
    );
  }
}
