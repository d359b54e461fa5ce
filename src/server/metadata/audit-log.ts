import type { Database } from 'lmdb';
import type { AuditAction } from '../contracts/session.ts';

/** What was done, by whom, from where. Time is milliseconds since 1970. */
export interface AuditRecord {
  readonly time: number;
  readonly user: string;
  readonly action: AuditAction;
  readonly subject: string;
  readonly address: string;
}

/** Longer subjects are cut: a search may be of any length. */
const longestSubject = 4_000;

/** The audit: records are added and read, and nothing else can be done with them here. */
export class AuditLog {
  readonly #table: Database<AuditRecord, number>;

  constructor(table: Database<AuditRecord, number>) {
    this.#table = table;
  }

  /** Resolves when the record is on disk. */
  async add(record: Omit<AuditRecord, 'time'>): Promise<void> {
    const subject =
      record.subject.length > longestSubject ? `${record.subject.slice(0, longestSubject)}…` : record.subject;
    await this.#table.transaction(() => {
      const [last = 0] = [...this.#table.getKeys({ reverse: true, limit: 1 })];
      this.#table.put(last + 1, { ...record, subject, time: Date.now() });
    });
  }

  /** Records before a number, newest first. */
  page(
    before: number | undefined,
    limit: number,
  ): readonly { readonly id: number; readonly record: AuditRecord }[] {
    const range = { reverse: true, limit, ...(before !== undefined && { start: before - 1 }) };
    if (before !== undefined && before <= 1) return [];
    return [...this.#table.getRange(range)].map(({ key, value }) => ({ id: key, record: value }));
  }
}
