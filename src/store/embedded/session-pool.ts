import type { Session } from './chdb.ts';

/** Sessions for queries. Each runs one query at a time; the pool opens them as they are needed, up to `most`. */
export class SessionPool {
  readonly #open: () => Session;
  readonly #most: number;
  readonly #idle: Session[] = [];
  readonly #all = new Set<Session>();
  readonly #waiting: {
    readonly give: (session: Session) => void;
    readonly refuse: (reason: Error) => void;
  }[] = [];
  #isClosed = false;

  constructor(open: () => Session, most: number) {
    this.#open = open;
    this.#most = most;
  }

  /** Gives a session that nobody else has; it waits while all are taken. */
  async take(): Promise<Session> {
    if (this.#isClosed) throw closedError();
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size < this.#most) {
      const opened = this.#open();
      this.#all.add(opened);
      return opened;
    }
    return new Promise((give, refuse) => this.#waiting.push({ give, refuse }));
  }

  release(session: Session): void {
    const next = this.#waiting.shift();
    if (next) next.give(session);
    else this.#idle.push(session);
  }

  close(): void {
    this.#isClosed = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(closedError());
    for (const session of this.#all) session.close();
    this.#all.clear();
    this.#idle.length = 0;
  }
}

function closedError(): Error {
  return new Error('the store is closed');
}
