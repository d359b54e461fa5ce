import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { terminalText } from '../core/terminal-text.ts';
import { ServeRefusal, startServer } from '../server/serve.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { storeLocation } from './store-location.ts';
import { version } from './version.ts';

export interface ServeCommandOptions {
  readonly store?: string;
  readonly port: number;
  readonly bind: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/**
 * Background threads of Node in a server: each query that runs holds one, and files and passwords need some beside them.
 * The number is read once, when the process starts, so that the server is started anew with it.
 */
const backgroundThreads = '24';
const threadsName = 'UV_THREADPOOL_SIZE';
/** Rows that pass through live short: with room for them, far less is collected. */
const memoryArguments = ['--max-semi-space-size=64'];

/** Serves until the process is told to end; see `keizu serve --help`. */
export async function runServeCommand(options: ServeCommandOptions): Promise<void> {
  const tls = readTls(options);
  const directory = storeLocation(options.store);
  if (directory.includes('://')) {
    throw new CommandFailure(
      `keizu: a server serves a folder, not ${terminalText(directory)}.\n  Give --store a folder.`,
      exitStatus.wrongUsage,
    );
  }
  if (process.env[threadsName] === undefined) return startWithThreads();
  const server = await start({ ...options, directory, tls });
  process.stdout.write(
    `Keizu is at ${server.url}\n  the store: ${terminalText(directory)}\n  Ctrl-C ends it.\n`,
  );
  await new Promise<void>((give) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => give());
    // The process that started this one has ended without a word.
    process.once('disconnect', () => give());
  });
  await server.close();
  if (process.connected) process.disconnect();
}

async function start({
  directory,
  tls,
  port,
  bind,
}: Pick<ServeCommandOptions, 'port' | 'bind'> & {
  readonly directory: string;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
}) {
  const log = (message: string) => process.stderr.write(`keizu: ${terminalText(message, true)}\n`);
  try {
    return await startServer({ directory, port, bind, ...(tls && { tls }), version, log });
  } catch (error) {
    if (error instanceof ServeRefusal) throw new CommandFailure(error.message);
    throw error;
  }
}

/** Runs the same command in a process with more background threads; ends as it ends, and it ends with this one. */
async function startWithThreads(): Promise<void> {
  const child = spawn(process.execPath, [...memoryArguments, ...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, [threadsName]: backgroundThreads },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends SIGINT to both.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', (signal) => child.kill(signal));
  const status = await new Promise<number>((give, refuse) => {
    child.once('error', refuse);
    child.once('exit', (code) => give(code ?? exitStatus.failed));
  });
  // The child has said what went wrong.
  if (status !== exitStatus.done) process.exit(status);
}

function readTls({ tlsCert, tlsKey }: ServeCommandOptions) {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new CommandFailure(
      'keizu: --tls-cert and --tls-key are given together.\n  Give both files, or none.',
      exitStatus.wrongUsage,
    );
  }
  return { cert: readPem('tls-cert', tlsCert), key: readPem('tls-key', tlsKey) };
}

function readPem(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure(
      `keizu: --${option}: cannot read ${terminalText(path)}: ${terminalText((error as Error).message)}`,
      exitStatus.wrongUsage,
    );
  }
}
