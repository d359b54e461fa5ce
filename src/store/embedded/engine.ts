import { randomUUID } from 'node:crypto';
import { RowDecoder } from '../row-decoder.ts';
import { databaseName } from '../schema.ts';
import { identifier, integer, type Query, type Sql, sql, textLiteral } from '../sql.ts';
import type { Cell, Column, QueryLimits } from '../store.ts';
import { boundValues } from './bound-values.ts';
import { loadChdb, type Session } from './chdb.ts';
import { storeError, storeErrorOf } from './engine-error.ts';
import { QueryWatch } from './query-watch.ts';
import { SessionPool } from './session-pool.ts';
import { sessionValues } from './session-values.ts';

/** Queries that may be open at one time; more wait. The library works in Node's background threads, four by default. */
const openQueries = 16;

/**
 * How long a statement may be, and of how many nodes of the engine's syntax tree: each step over all fields
 * (`fillnull`, `stats values(*)`) names every one of them, and a store of many products has thousands.
 */
const statementBytes = 64 * 1024 * 1024;
const statementNodes = 20_000_000;

/** Arguments of the engine: a store is opened whole before the first query. */
const connectionArguments = ['--async_load_databases=0', '--async_load_system_database=0'];

/** `RowBinaryWithNamesAndTypes` has a header in front of each block; `Native` gives columns. */
export type BlockFormat = 'RowBinary' | 'RowBinaryWithNamesAndTypes' | 'Native';

/**
 * The engine on one directory: a session that writes, one that cancels, and a pool for queries. Statements that change
 * something run one after another. Values are only bound in `stream`: the library keeps bound values for the whole process
 * while a statement starts, and only streams start at once.
 */
export class Engine {
  readonly location: string;
  readonly #writer: Session;
  readonly #control: Session;
  readonly #queries: SessionPool;
  readonly #watch: QueryWatch;
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(location: string, open: () => Session) {
    this.location = location;
    this.#writer = open();
    this.#control = open();
    this.#queries = new SessionPool(open, openQueries);
    this.#watch = new QueryWatch(open);
  }

  /** Opens the engine's directory. What the library throws passes as it is. */
  static async open(directory: string, location: string): Promise<Engine> {
    const { Session } = await loadChdb();
    const first = new Session(directory, { connectionArgs: connectionArguments });
    try {
      const database = identifier(databaseName);
      first.query(sql`CREATE DATABASE IF NOT EXISTS ${database} ENGINE = Atomic`.text);
      return new Engine(location, () => {
        const session = new Session(directory, { connectionArgs: connectionArguments });
        session.query(sql`USE ${database}`.text);
        return session;
      });
    } finally {
      first.close();
    }
  }

  /** Runs a statement that changes something, after the ones before it. */
  async execute(statement: Sql): Promise<void> {
    const run = this.#tail.then(() => this.#writer.queryAsync(statement.text));
    this.#tail = run.catch(() => undefined);
    try {
      await run;
    } catch (error) {
      throw storeErrorOf(error, this.location);
    }
  }

  /** Runs a SELECT and gives its result in blocks of the given form. */
  async *stream(query: Query, limits: QueryLimits, format: BlockFormat): AsyncGenerator<Uint8Array> {
    const { session, end } = await this.#begin(limits);
    try {
      const stream = session.queryStreamBind(query.sql.text, boundValues(query.parameters), { format });
      try {
        for await (const block of stream) {
          throwIfAborted(limits.signal, this.location);
          yield block.raw();
        }
      } finally {
        stream.cancel();
      }
    } catch (error) {
      throw storeErrorOf(error, this.location);
    } finally {
      end();
    }
    throwIfAborted(limits.signal, this.location);
  }

  /** Runs an INSERT into what is outside of the store, beside whatever else runs. The library streams only what gives rows. */
  async insertElsewhere(query: Query, limits: QueryLimits): Promise<void> {
    const { session, end } = await this.#begin(limits);
    try {
      const values = sessionValues(boundValues(query.parameters));
      if (values.text !== '') session.query(values.text);
      await session.queryAsync(query.sql.text);
    } catch (error) {
      throw storeErrorOf(error, this.location);
    } finally {
      end();
    }
    throwIfAborted(limits.signal, this.location);
  }

  /** Runs a SELECT whose result is small and gives all of its rows. */
  async select(query: Query, columns: readonly Column[]): Promise<readonly (readonly Cell[])[]> {
    const decoder = new RowDecoder(columns);
    const rows: (readonly Cell[])[] = [];
    for await (const block of this.stream(query, {}, 'RowBinaryWithNamesAndTypes')) {
      rows.push(...decoder.decode(block));
    }
    return rows;
  }

  /** Waits for what runs, then closes all sessions and waits until the directory is free. */
  async close(): Promise<void> {
    await this.#tail;
    this.#watch.close();
    this.#queries.close();
    this.#control.close();
    this.#writer.close();
    const { drainPending } = await loadChdb();
    await drainPending();
  }

  /** Takes a session for a statement that the signal ends. */
  async #begin(limits: QueryLimits): Promise<{ readonly session: Session; readonly end: () => void }> {
    const { signal, onProgress } = limits;
    throwIfAborted(signal, this.location);
    const session = await this.#queries.take();
    const mark = `keizu ${randomUUID()}`;
    const cancel = () => this.#cancel(mark);
    const end = () => {
      signal?.removeEventListener('abort', cancel);
      this.#watch.remove(mark);
      this.#queries.release(session);
    };
    try {
      throwIfAborted(signal, this.location);
      session.query(settings(limits, mark).text);
    } catch (error) {
      end();
      throw storeErrorOf(error, this.location);
    }
    signal?.addEventListener('abort', cancel, { once: true });
    if (onProgress) this.#watch.add(mark, onProgress);
    return { session, end };
  }

  /** A query in the middle of a block ends only so; waiting for the end of it (`SYNC`) would block for ever. */
  #cancel(mark: string): void {
    this.#control.query(sql`KILL QUERY WHERE Settings['log_comment'] = ${textLiteral(mark)} ASYNC`.text);
  }
}

/**
 * Compiling expressions to machine code costs a statement tens of milliseconds, and gains nothing that can be measured on a
 * million events, where few statements are asked again.
 */
const interpreted = sql`compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0`;

function settings(limits: QueryLimits, mark: string): Sql {
  const seconds = textLiteral(String(limits.seconds ?? 0));
  return sql`SET max_execution_time = ${seconds}, max_memory_usage = ${integer(limits.memoryBytes ?? 0)},
timeout_before_checking_execution_speed = 0, max_query_size = ${integer(statementBytes)},
max_ast_elements = ${integer(statementNodes)}, max_expanded_ast_elements = ${integer(statementNodes)}, ${interpreted}, log_comment = ${textLiteral(mark)}`;
}

function throwIfAborted(signal: AbortSignal | undefined, location: string): void {
  if (signal?.aborted) throw storeError('query-cancelled', `${location}: the query was cancelled`);
}
