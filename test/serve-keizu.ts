import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readServerLock, type ServerLock } from '../src/store/served/lock-file.ts';
import { program } from './run-keizu.ts';

/** A server that runs as a user starts it. */
export interface ServedKeizu {
  readonly url: string;
  readonly lock: ServerLock;
  /** Tells it to end and gives its exit status. */
  stop(): Promise<number | null>;
  /** Ends it without a word. */
  kill(): Promise<void>;
  /** A request of the API, with the CSRF text of the session. */
  ask(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Starts `keizu serve` on a store, on a port that the system chooses. */
export async function serveKeizu(store: string, ...args: readonly string[]): Promise<ServedKeizu> {
  const child = spawn(process.execPath, [program, 'serve', '--store', store, '--port', '0', ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    url = /^Keizu is at (\S+)$/.exec(line)?.[1] ?? url;
    if (url !== '') break;
  }
  const lock = readServerLock(store);
  if (!lock) throw new Error('the server did not start');
  child.stdout.resume();
  let csrf: string | undefined;
  return {
    url,
    lock,
    stop: async () => {
      child.kill('SIGTERM');
      const [status] = (await ended) as [number | null];
      return status;
    },
    kill: async () => {
      process.kill(lock.pid, 'SIGKILL');
      await ended;
    },
    ask: async (method, path, body) => {
      csrf ??= ((await (await fetch(new URL('/api/session', url))).json()) as { csrf: string }).csrf;
      return fetch(new URL(path, url), {
        method,
        headers: { 'content-type': 'application/json', 'x-keizu-csrf': csrf },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    },
  };
}
