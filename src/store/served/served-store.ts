import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { resolve } from 'node:path';
import type { Ticks } from '../../core/ticks.ts';
import type { EncodedEvents } from '../encoded-events.ts';
import { encodeEvents } from '../event-encoder.ts';
import { RowDecoder } from '../row-decoder.ts';
import type { Query } from '../sql.ts';
import {
  type Cell,
  type Column,
  type FieldCatalogue,
  type FieldFacts,
  type QueryLimits,
  type ScopeSummary,
  type Store,
  type StoredEvent,
  type StoredFault,
  StoreError,
  type TemporaryTable,
  type TextsBeside,
  type WriteSummary,
} from '../store.ts';
import type { ServerLock } from './lock-file.ts';
import { toWireEvents } from './wire-events.ts';
import { fromWireFailure } from './wire-failure.ts';
import { readFrames } from './wire-frames.ts';
import { toWireQuery, type WireParquet } from './wire-query.ts';
import { encodeWireRows } from './wire-rows.ts';

interface Sent {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: readonly Uint8Array[];
  readonly signal?: AbortSignal | undefined;
}

/** How long a server may take to say that it is there. */
const helloMilliseconds = 3_000;

/** A store that a server of this machine owns, used through it. `findServedStore` makes it. */
export class ServedStore implements Store {
  readonly location: string;
  readonly #lock: ServerLock;
  readonly #agent = new Agent({ keepAlive: true });
  /** Held open while this process has temporary tables: the server drops them when it ends, however it ends. */
  #lease: Promise<{ readonly id: string; readonly held: IncomingMessage }> | undefined;

  private constructor(lock: ServerLock, location: string) {
    this.#lock = lock;
    this.location = location;
  }

  /** The store of a lock; undefined where no server answers to it. */
  static async find(lock: ServerLock): Promise<ServedStore | undefined> {
    const store = new ServedStore(lock, lock.url);
    try {
      const signal = AbortSignal.timeout(helloMilliseconds);
      const { location } = (await store.#json({ method: 'GET', path: 'store', signal })) as {
        location: string;
      };
      return new ServedStore(lock, location);
    } catch {
      return undefined;
    } finally {
      store.#agent.destroy();
    }
  }

  write(batch: readonly StoredEvent[]): Promise<WriteSummary> {
    return this.writeEncoded([encodeEvents(batch)]);
  }

  async writeEncoded(parts: readonly EncodedEvents[]): Promise<WriteSummary> {
    return (await this.#json({ method: 'POST', path: 'write', body: toWireEvents(parts) })) as WriteSummary;
  }

  async quarantine(faults: readonly StoredFault[]): Promise<void> {
    if (faults.length === 0) return;
    const wire = faults.map((each) => ({ ...each, arrival: String(each.arrival) }));
    await this.#json({ method: 'POST', path: 'quarantine', body: jsonBody(wire) });
  }

  async catalogue(): Promise<FieldCatalogue> {
    const facts = (await this.#json({ method: 'GET', path: 'catalogue' })) as [string, FieldFacts][];
    return new Map(facts);
  }

  async *rows(
    query: Query,
    columns: readonly Column[],
    limits: QueryLimits = {},
  ): AsyncGenerator<readonly (readonly Cell[])[]> {
    const decoder = new RowDecoder(columns);
    for await (const block of this.blocks(query, limits)) {
      const rows = decoder.decode(block);
      if (rows.length > 0) yield rows;
    }
  }

  blocks(query: Query, limits: QueryLimits = {}): AsyncGenerator<Uint8Array> {
    return this.#blocks('rows', query, limits);
  }

  columnBlocks(query: Query, limits: QueryLimits = {}): AsyncGenerator<Uint8Array> {
    return this.#blocks('columns', query, limits);
  }

  async *#blocks(path: 'rows' | 'columns', query: Query, limits: QueryLimits): AsyncGenerator<Uint8Array> {
    const { signal } = limits;
    if (signal?.aborted) throw cancelled(this.location);
    const body = jsonBody(toWireQuery(query, limits));
    let answer: IncomingMessage | undefined;
    try {
      answer = await this.#send({ method: 'POST', path, body, signal });
      for await (const frame of readFrames(answer)) {
        if (signal?.aborted) throw cancelled(this.location);
        if (frame.kind === 'failure') throw fromWireFailure(frame.bytes);
        if (frame.kind === 'end') return;
        yield frame.bytes;
      }
    } catch (error) {
      throw signal?.aborted ? cancelled(this.location) : error;
    } finally {
      answer?.destroy();
    }
  }

  async temporaryTable(columns: readonly Column[]): Promise<TemporaryTable> {
    this.#lease ??= this.#openLease();
    const { id } = await this.#lease;
    const made = await this.#json({ method: 'POST', path: `tables/${id}`, body: jsonBody(columns) });
    const { name } = made as { readonly name: string };
    let isDropped = false;
    return {
      name,
      columns,
      append: async (rows) => {
        if (rows.length === 0) return;
        const body = encodeWireRows(columns, rows);
        await this.#json({ method: 'POST', path: `tables/${id}/rows/${name}`, body });
      },
      drop: async () => {
        if (isDropped) return;
        isDropped = true;
        await this.#json({ method: 'DELETE', path: `tables/${id}/${name}` });
      },
    };
  }

  async writeParquet(
    query: Query,
    beside: TextsBeside,
    target: string,
    limits: QueryLimits = {},
  ): Promise<number> {
    const { signal } = limits;
    if (signal?.aborted) throw cancelled(this.location);
    const wire: WireParquet = {
      ...toWireQuery(query, limits),
      beside: { ...beside, path: resolve(beside.path) },
      target: resolve(target),
    };
    try {
      return (await this.#json({ method: 'POST', path: 'parquet', body: jsonBody(wire), signal })) as number;
    } catch (error) {
      throw signal?.aborted ? cancelled(this.location) : error;
    }
  }

  async scope(
    indexes: readonly string[],
    earliest: Ticks | null,
    latest: Ticks | null,
  ): Promise<ScopeSummary> {
    const text = (ticks: Ticks | null) => (ticks === null ? null : String(ticks));
    const body = jsonBody({ indexes, earliest: text(earliest), latest: text(latest) });
    const found = (await this.#json({ method: 'POST', path: 'scope', body })) as Omit<
      ScopeSummary,
      'first' | 'last'
    > & { readonly first: string | null; readonly last: string | null };
    const ticks = (given: string | null) => (given === null ? null : BigInt(given));
    return { ...found, first: ticks(found.first), last: ticks(found.last) };
  }

  /** Ends what this process has of the server; the server goes on. */
  async close(): Promise<void> {
    const lease = await this.#lease?.catch(() => undefined);
    lease?.held.destroy();
    this.#agent.destroy();
  }

  async #openLease() {
    const id = randomUUID();
    const held = await this.#send({ method: 'GET', path: `lease/${id}` });
    held.on('error', () => {});
    held.resume();
    return { id, held };
  }

  async #json(sent: Sent): Promise<unknown> {
    const answer = await this.#send(sent);
    return JSON.parse((await bytesOf(answer)).toString('utf8'));
  }

  /** Sends a request and gives the answer once its head is there. A failure of the store is thrown as it was there. */
  async #send({ method, path, body = [], signal }: Sent): Promise<IncomingMessage> {
    const answer = await new Promise<IncomingMessage>((give, refuse) => {
      const sending = request(`${this.#lock.url}/${path}`, {
        method,
        agent: this.#agent,
        headers: {
          authorization: `Bearer ${this.#lock.token}`,
          'content-length': body.reduce((sum, { length }) => sum + length, 0),
        },
        ...(signal && { signal }),
      });
      sending.on('response', give);
      sending.on('error', (error) => refuse(this.#lost(error)));
      for (const bytes of body) sending.write(bytes);
      sending.end();
    });
    if (answer.statusCode === 200) return answer;
    if (answer.statusCode === 500) throw fromWireFailure(await bytesOf(answer));
    answer.destroy();
    throw this.#lost(new Error(`status ${answer.statusCode}`));
  }

  #lost(cause: Error): StoreError {
    return new StoreError(
      'store-unreadable',
      `${this.location}: the server that owns the store does not answer (${cause.message})`,
      'Run the command again; if the server has ended, the command opens the store itself.',
      cause,
    );
  }
}

function cancelled(location: string): StoreError {
  return new StoreError('query-cancelled', `${location}: the query was cancelled`);
}

function jsonBody(value: unknown): readonly Uint8Array[] {
  return [Buffer.from(JSON.stringify(value))];
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}
