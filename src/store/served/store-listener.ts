import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Query } from '../sql.ts';
import type { QueryLimits, Store, StoredFault, TemporaryTable } from '../store.ts';
import { fromWireEvents } from './wire-events.ts';
import { toWireFailure } from './wire-failure.ts';
import { frameHead } from './wire-frames.ts';
import { fromWireQuery, readColumns, type WireParquet, type WireQuery } from './wire-query.ts';
import { decodeWireRows } from './wire-rows.ts';

/** Most bytes of a request; a batch of an ingest has about a quarter. */
const mostBytes = 1 << 30;

interface Request {
  readonly incoming: IncomingMessage;
  readonly answer: ServerResponse;
  readonly path: readonly string[];
}

/**
 * Serves a store to other processes of the same user on this machine: `ServedStore` is the other end. Listens on a port of
 * 127.0.0.1 that the system chooses; every request must carry the token.
 */
export class StoreListener {
  readonly #store: Store;
  readonly #token: Buffer;
  readonly #server: Server;
  /** Temporary tables by the lease of the client that made them. */
  readonly #leases = new Map<string, Map<string, TemporaryTable>>();

  private constructor(store: Store, token: string) {
    this.#store = store;
    this.#token = Buffer.from(`Bearer ${token}`);
    this.#server = createServer((incoming, answer) => void this.#take(incoming, answer));
    this.#server.requestTimeout = 0;
  }

  static async open(store: Store, token: string): Promise<StoreListener> {
    const listener = new StoreListener(store, token);
    listener.#server.listen(0, '127.0.0.1');
    await once(listener.#server, 'listening');
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts all clients off. */
  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const tables of this.#leases.values())
      for (const table of tables.values()) await table.drop().catch(() => undefined);
    this.#leases.clear();
  }

  async #take(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const given = Buffer.from(incoming.headers.authorization ?? '');
    if (given.length !== this.#token.length || !timingSafeEqual(given, this.#token)) {
      answer.writeHead(401).end();
      return;
    }
    const path = (incoming.url ?? '/').split('/').slice(1);
    try {
      await this.#route({ incoming, answer, path });
    } catch (error) {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(500).end(toWireFailure(error));
    }
  }

  async #route(request: Request): Promise<void> {
    const { incoming, answer, path } = request;
    const [area, name, rest] = path;
    const json = (value: unknown) => {
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    switch (`${incoming.method} ${area}`) {
      case 'GET store':
        return json({ location: this.#store.location });
      case 'POST rows':
        return this.#blocks(request, (query, limits) => this.#store.blocks(query, limits));
      case 'POST columns':
        return this.#blocks(request, (query, limits) => this.#store.columnBlocks(query, limits));
      case 'POST write':
        return json(await this.#store.writeEncoded(fromWireEvents(await body(incoming))));
      case 'POST quarantine':
        await this.#store.quarantine(readFaults(await bodyJson(incoming)));
        return json(null);
      case 'GET catalogue':
        return json([...(await this.#store.catalogue())]);
      case 'POST parquet': {
        const wire = (await bodyJson(incoming)) as WireParquet;
        const limits = limitsOf(wire, answer);
        return json(await this.#store.writeParquet(fromWireQuery(wire), wire.beside, wire.target, limits));
      }
      case 'POST scope': {
        const { indexes, earliest, latest } = (await bodyJson(incoming)) as WireScope;
        const found = await this.#store.scope(indexes, ticksOrNull(earliest), ticksOrNull(latest));
        return json({ ...found, first: textOrNull(found.first), last: textOrNull(found.last) });
      }
      case 'GET lease':
        return this.#lease(request, name ?? '');
      case 'POST tables':
        return rest === 'rows' ? this.#append(request) : this.#makeTable(request);
      case 'DELETE tables': {
        const { tables, table } = this.#tableOf(request);
        tables.delete(table.name);
        await table.drop();
        return json(null);
      }
      default:
        answer.writeHead(404).end();
    }
  }

  async #blocks(
    { incoming, answer }: Request,
    blocks: (query: Query, limits: QueryLimits) => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const wire = (await bodyJson(incoming)) as WireQuery;
    const limits = limitsOf(wire, answer);
    answer.writeHead(200, { 'content-type': 'application/octet-stream' });
    answer.flushHeaders();
    try {
      for await (const block of blocks(fromWireQuery(wire), limits)) {
        answer.write(frameHead('bytes', block.length));
        // The engine's memory is only lent for as long as the loop is here.
        if (!answer.write(Buffer.from(block))) await drained(answer, limits.signal);
      }
      answer.end(frameHead('end'));
    } catch (error) {
      const failure = toWireFailure(error);
      answer.write(frameHead('failure', failure.length));
      answer.end(failure);
    }
  }

  #lease({ answer }: Request, id: string): void {
    const tables = this.#leases.get(id) ?? new Map<string, TemporaryTable>();
    this.#leases.set(id, tables);
    answer.writeHead(200).flushHeaders();
    answer.on('close', () => {
      this.#leases.delete(id);
      for (const table of tables.values()) void table.drop().catch(() => undefined);
    });
  }

  async #makeTable({ incoming, answer, path }: Request): Promise<void> {
    const tables = this.#leases.get(path[1] ?? '');
    if (!tables) throw new Error('the lease of this client has ended');
    const table = await this.#store.temporaryTable(readColumns(await bodyJson(incoming)));
    tables.set(table.name, table);
    answer.writeHead(200).end(JSON.stringify({ name: table.name }));
  }

  async #append(request: Request): Promise<void> {
    const { table } = this.#tableOf(request);
    await table.append(decodeWireRows(table.columns, await body(request.incoming)));
    request.answer.writeHead(200).end('null');
  }

  /** `tables/LEASE/…/NAME`: the last part is the table's name. */
  #tableOf({ path }: Request) {
    const tables = this.#leases.get(path[1] ?? '') ?? new Map<string, TemporaryTable>();
    const table = tables.get(path.at(-1) ?? '');
    if (!table) throw new Error('there is no such temporary table');
    return { tables, table };
  }
}

/** The limits of a query, which ends when its client is gone. */
function limitsOf(
  { seconds, memoryBytes }: WireQuery,
  answer: ServerResponse,
): QueryLimits & { readonly signal: AbortSignal } {
  const gone = new AbortController();
  answer.on('close', () => gone.abort());
  return {
    ...(seconds !== undefined && { seconds }),
    ...(memoryBytes !== undefined && { memoryBytes }),
    signal: gone.signal,
  };
}

interface WireScope {
  readonly indexes: readonly string[];
  readonly earliest: string | null;
  readonly latest: string | null;
}

async function body(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of incoming as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > mostBytes) throw new RangeError('the request is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

async function bodyJson(incoming: IncomingMessage): Promise<unknown> {
  return JSON.parse((await body(incoming)).toString('utf8'));
}

/** Waits until the client has read on; ends, too, where it is gone. */
async function drained(answer: ServerResponse, gone: AbortSignal): Promise<void> {
  if (gone.aborted) return;
  await once(answer, 'drain', { signal: gone }).catch(() => undefined);
}

function ticksOrNull(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

function textOrNull(ticks: bigint | null): string | null {
  return ticks === null ? null : String(ticks);
}

function readFaults(value: unknown): readonly StoredFault[] {
  return (value as readonly (Omit<StoredFault, 'arrival'> & { readonly arrival: string })[]).map((each) => ({
    ...each,
    arrival: BigInt(each.arrival),
  }));
}
