import { sql } from '../sql.ts';
import type { QueryProgress } from '../store.ts';
import type { Session } from './chdb.ts';

/** Milliseconds between two looks at what runs. */
const interval = 200;

const running = sql`SELECT Settings['log_comment'] AS mark, read_rows, total_rows_approx FROM system.processes
WHERE startsWith(mark, 'keizu ')`;

/** Looks at the engine's list of running queries, while somebody wants to know how far theirs is. */
export class QueryWatch {
  readonly #control: Session;
  readonly #listeners = new Map<string, (progress: QueryProgress) => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(control: Session) {
    this.#control = control;
  }

  /** Tells how far the query of the mark is until it is removed. */
  add(mark: string, listener: (progress: QueryProgress) => void): void {
    this.#listeners.set(mark, listener);
    this.#timer ??= setInterval(() => this.#look(), interval).unref();
  }

  remove(mark: string): void {
    this.#listeners.delete(mark);
    if (this.#listeners.size === 0) this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
  }

  /** The list takes about a millisecond, and is read here and now: the background threads may all be busy with queries. */
  #look(): void {
    for (const line of this.#control.query(running.text, 'TabSeparated').split('\n')) {
      const [mark = '', rowsRead, rowsToRead] = line.split('\t');
      this.#listeners.get(mark)?.({ rowsRead: Number(rowsRead), rowsToRead: Number(rowsToRead) });
    }
  }
}
