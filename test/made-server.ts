import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverApp } from '../src/server/app.ts';
import type { SearchStarted, SearchState } from '../src/server/contracts/search.ts';
import type { SessionState } from '../src/server/contracts/session.ts';
import { makeContext } from '../src/server/make-context.ts';
import { Metadata } from '../src/server/metadata/metadata.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';

type Options = Partial<Parameters<typeof makeContext>[0]>;

/** A server without a socket on a store of its own. */
export async function makeServer(options: Options = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'keizu-server-'));
  const store = await openEmbeddedStore(directory);
  const metadata = Metadata.open(join(directory, 'metadata'));
  const logged: string[] = [];
  const log = (message: string) => {
    logged.push(message);
  };
  const parts = { store, metadata, directory, isLoopback: true, isSecure: false, version: '0.0.0', log };
  const made = makeContext({ ...parts, ...options });
  const app = serverApp(made.context);
  let cookie = '';
  let csrf = '';
  /** A request as the page makes it; a body that is no text is sent as JSON. */
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await app.request(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(csrf !== '' && { 'x-keizu-csrf': csrf }),
        ...(cookie !== '' && { cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = answer.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    return answer;
  };
  const json = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
    (await (await ask(method, path, body)).json()) as Answer;
  const session = async () => {
    const state = await json<SessionState>('GET', '/api/session');
    csrf = state.csrf;
    return state;
  };
  return {
    app,
    store,
    metadata,
    logged,
    directory,
    context: made.context,
    ask,
    json,
    session,
    forget: () => {
      cookie = '';
      csrf = '';
    },
    /** Runs a search to its end. */
    search: async (text: string, more: object = {}): Promise<SearchState> => {
      const { id } = await json<SearchStarted>('POST', '/api/searches', { text, ...more });
      for (;;) {
        const state = await json<SearchState>('GET', `/api/searches/${id}`);
        if (state.state !== 'running') return state;
        await new Promise((give) => setTimeout(give, 5));
      }
    },
    close: async () => {
      made.stop();
      await made.close();
      await metadata.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
