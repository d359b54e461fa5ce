import { sql } from '../sql.ts';
import type { QueryProgress } from '../store.ts';
import type { Session } from './chdb.ts';

/** Milliseconds between two looks at what runs. */
const interval = 200;

const running = sql`SELECT Settings['log_comment'] AS mark, read_rows, total_rows_approx FROM system.processes
WHERE startsWith(mark, 'keizu ')`;

/** Looks at the engine's list of running queries, while somebody wants to know how far theirs is. */
export class QueryWatch {
  readonly #open: () => Session;
  #session: Session | undefined;
  #isLooking = false;
  readonly #listeners = new Map<string, (progress: QueryProgress) => void>();
  #timer: NodeJS.Timeout | undefined;

  /** `open` gives a session for the watch alone: a look waits for a background thread, and may take long. */
  constructor(open: () => Session) {
    this.#open = open;
  }

  /** Tells how far the query of the mark is until it is removed. */
  add(mark: string, listener: (progress: QueryProgress) => void): void {
    this.#listeners.set(mark, listener);
    this.#timer ??= setInterval(() => void this.#look(), interval).unref();
  }

  remove(mark: string): void {
    this.#listeners.delete(mark);
    if (this.#listeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
    this.#session?.close();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#session ??= this.#open();
      const found = await this.#session.queryAsync(running.text, { format: 'TabSeparated' });
      for (const line of found.text().split('\n')) {
        const [mark = '', rowsRead, rowsToRead] = line.split('\t');
        this.#listeners.get(mark)?.({ rowsRead: Number(rowsRead), rowsToRead: Number(rowsToRead) });
      }
    } catch {
      // Progress is not worth a failure; the query itself meets what is wrong.
    } finally {
      this.#isLooking = false;
    }
  }
}
