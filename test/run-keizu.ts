import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';

/** What a run of the built command line did. */
export interface KeizuRun {
  /** Undefined where a signal ended it, as when it did not end within the time that it was given. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Most memory that it held, in MiB. */
  readonly peakMemory: number;
}

export interface RunOptions {
  /** Text for its standard input; without it, that is empty. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A program and its arguments that starts it, such as one that sets limits. */
  readonly launcher?: readonly string[];
  /** Closes the reading end of its standard output after so many bytes. */
  readonly closeOutputAfter?: number;
}

const root = resolve(import.meta.dirname, '..');
/** The file that is run; another build's where KEIZU_PROGRAM names one. */
export const program = process.env.KEIZU_PROGRAM ?? join(root, 'bin', 'keizu');
const reporter = join(import.meta.dirname, 'children', 'report-peak-memory.mjs');

/** Far more than any run needs; one that takes longer hangs. */
const longestRun = 120_000;

/** Runs `keizu` as a user does, without a terminal and with nothing of this process's settings. */
export async function runKeizu(args: readonly string[], options: RunOptions = {}): Promise<KeizuRun> {
  const { input = '', environment = {}, launcher = [], closeOutputAfter } = options;
  const [command = '', ...rest] = [...launcher, process.execPath, '--import', reporter, program, ...args];
  const child = spawn(command, rest, {
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...environment },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    timeout: longestRun,
    killSignal: 'SIGKILL',
  });
  const [stdin, stdout, stderr, memory] = child.stdio;
  if (!stdin || !stdout || !stderr || !memory || !('setEncoding' in memory)) throw new Error('no pipes');
  const ended = new Promise<number | undefined>((done, failed) => {
    child.once('error', failed);
    child.once('close', (status) => done(status ?? undefined));
  });
  // A run that fails early does not read its input.
  stdin.on('error', () => {});
  stdin.end(input);
  if (closeOutputAfter !== undefined) {
    let seen = 0;
    stdout.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen >= closeOutputAfter) stdout.destroy();
    });
  }
  const [status, out, problems, peak] = await Promise.all([
    ended,
    closeOutputAfter === undefined ? text(stdout) : '',
    text(stderr),
    text(memory),
  ]);
  return { status, stdout: out, stderr: problems, peakMemory: Number(peak) / 1024 };
}

/** A new folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keizu-test-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a search in a store with `--format json` and gives its rows. Throws where it fails. */
export async function searchRows(
  store: string,
  search: string,
  ...args: readonly string[]
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { status, stdout, stderr } = await runKeizu([
    'search',
    search,
    '--store',
    store,
    '--format',
    'json',
    ...args,
  ]);
  if (status !== 0) throw new Error(`${search}\n${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Ingests into a store and gives the summary that `--json` prints. Throws where it fails. */
export async function ingestSummary(
  store: string,
  ...args: readonly string[]
): Promise<Readonly<Record<string, unknown>>> {
  const { status, stdout, stderr } = await runKeizu(['ingest', '--store', store, '--json', ...args]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
