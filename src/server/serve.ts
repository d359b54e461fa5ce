import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { findServedStore } from '../store/served/find-served-store.ts';
import { readServerLock, removeServerLock, writeServerLock } from '../store/served/lock-file.ts';
import { StoreListener } from '../store/served/store-listener.ts';
import type { Store } from '../store/store.ts';
import { isLoopbackAddress } from './access/loopback-host.ts';
import { serverApp } from './app.ts';
import { makeContext } from './make-context.ts';
import { Metadata } from './metadata/metadata.ts';
import { metadataFolder } from './metadata/metadata-folder.ts';
import { secretText } from './metadata/secret-text.ts';

export interface ServeOptions {
  /** The store's directory. */
  readonly directory: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly bind: string;
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly version: string;
  readonly log: (message: string) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Lets requests that are being answered end, for a few seconds; then frees the store. */
  close(): Promise<void>;
}

/** A server that cannot start, and what to do about it. */
export class ServeRefusal extends Error {
  override readonly name = 'ServeRefusal';
}

/** How long a stop waits for requests. */
const graceMilliseconds = 3_000;
const sweepMilliseconds = 50;

/** Opens the store of a directory, makes its lock file and serves the API and the page. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { directory, bind, log } = options;
  const isLoopback = isLoopbackAddress(bind);
  const lock = readServerLock(directory);
  if (lock && (await findServedStore(directory)))
    throw new ServeRefusal(`keizu: process ${lock.pid} serves this store already, at ${lock.page}`);
  const store = await openEmbeddedStore(directory);
  const closing: (() => Promise<void> | void)[] = [() => store.close()];
  const shut = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const metadata = Metadata.open(metadataFolder(directory));
    closing.push(() => metadata.close());
    if (!isLoopback && metadata.users.isEmpty)
      throw new ServeRefusal(
        `keizu: without users, only this machine may reach the server, and ${bind} is not of this machine only.\n  Add a user first: keizu user add NAME --role admin`,
      );
    const made = makeContext({
      store,
      metadata,
      directory,
      isLoopback,
      isSecure: options.tls !== undefined,
      version: options.version,
      log,
    });
    closing.push(made.close);
    const { context, watched } = made;
    const server = listening(serverApp(context), options);
    const unused = unusedConnections(server, options.tls ? 'secureConnection' : 'connection');
    closing.push(() => closeServer(server, unused));
    await started(server, options);
    const url = pageUrl(server.address() as AddressInfo, options);
    await offerToCommands(watched, directory, url, closing);
    closing.push(made.stop);
    made.ahead.start();
    return { url, close: shut };
  } catch (error) {
    await shut();
    throw error;
  }
}

type App = ReturnType<typeof serverApp>;

function listening(app: App, { tls }: ServeOptions) {
  const limits = { requestTimeout: 0, headersTimeout: 15_000 };
  return tls
    ? createAdaptorServer({
        fetch: app.fetch,
        createServer: createSecureServer,
        serverOptions: { ...tls, ...limits, minVersion: 'TLSv1.2' },
      })
    : createAdaptorServer({ fetch: app.fetch, createServer, serverOptions: limits });
}

type HttpServer = ReturnType<typeof listening>;

async function started(server: HttpServer, { port, bind }: ServeOptions): Promise<void> {
  await new Promise<void>((give, refuse) => {
    server.once('listening', give);
    server.once('error', (error: NodeJS.ErrnoException) => refuse(cannotListen(error, bind, port)));
    server.listen(port, bind);
  });
}

function cannotListen(error: NodeJS.ErrnoException, bind: string, port: number): Error {
  const place = `${bind}, port ${port}`;
  if (error.code === 'EADDRINUSE')
    return new ServeRefusal(`keizu: another program listens on ${place}.\n  Give --port another number.`);
  if (error.code === 'EACCES')
    return new ServeRefusal(
      `keizu: the system does not allow to listen on ${place}.\n  Give --port 1024 or more.`,
    );
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new ServeRefusal(
      `keizu: this machine has no address ${bind}.\n  Give --bind one of its addresses.`,
    );
  return error;
}

function pageUrl({ port }: AddressInfo, { tls, bind }: ServeOptions): string {
  const host = bind.includes(':') ? `[${bind}]` : bind;
  return `${tls ? 'https' : 'http'}://${host}:${port}/`;
}

/** Serves the store to commands of this machine, and leaves the file by which they find it. */
async function offerToCommands(
  store: Store,
  directory: string,
  page: string,
  closing: (() => Promise<void> | void)[],
): Promise<void> {
  const token = secretText();
  const listener = await StoreListener.open(store, token);
  closing.push(() => listener.close());
  writeServerLock(directory, { url: listener.url, token, pid: process.pid, page });
  closing.push(() => removeServerLock(directory, token));
}

/** The connections over which no request has come yet. Browsers open some in advance, which a server does not count as idle. */
function unusedConnections(
  server: HttpServer,
  opened: 'connection' | 'secureConnection',
): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on(opened, (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  return unused;
}

async function closeServer(server: HttpServer, unused: ReadonlySet<Socket>): Promise<void> {
  await new Promise<void>((give) => {
    // A connection whose answer ends from now on stays open for the next request, which is not wanted any more.
    const sweep = setInterval(
      () => 'closeIdleConnections' in server && server.closeIdleConnections(),
      sweepMilliseconds,
    );
    const cut = setTimeout(
      () => 'closeAllConnections' in server && server.closeAllConnections(),
      graceMilliseconds,
    );
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      give();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    for (const socket of unused) socket.destroy();
  });
}
