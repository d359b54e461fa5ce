import type { Session } from './chdb.ts';

/** Sessions for queries. Each runs one query at a time; the pool opens them as they are needed, up to `most`. */
export class SessionPool {
  readonly #open: () => Session;
  readonly #most: number;
  readonly #idle: Session[] = [];
  readonly #all = new Set<Session>();
  readonly #waiting: ((session: Session) => void)[] = [];

  constructor(open: () => Session, most: number) {
    this.#open = open;
    this.#most = most;
  }

  /** Gives a session that nobody else has; it waits while all are taken. */
  async take(): Promise<Session> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size < this.#most) {
      const opened = this.#open();
      this.#all.add(opened);
      return opened;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(session: Session): void {
    const next = this.#waiting.shift();
    if (next) next(session);
    else this.#idle.push(session);
  }

  close(): void {
    for (const session of this.#all) session.close();
    this.#all.clear();
    this.#idle.length = 0;
  }
}
