import type { TreeRow, TreeRows } from '../../../src/server/contracts/tree.ts';
import { apiGet } from '../api/client.ts';

/** Positions of one request, and rows that are kept. */
const mostAsked = 400;
const mostKept = 20_000;
/** Rows that fly past while scrolling are not asked for. */
const settleMs = 60;

/** What the server knows of the rows of a tree beyond its columns, asked for as rows come into view. */
export class RowStore {
  private readonly key: string;
  private readonly timezone: string;
  private readonly rows = new Map<number, TreeRow>();
  private readonly asked = new Set<number>();
  private wanted: readonly number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private version = 0;
  private lastFailure: Error | undefined;

  constructor(key: string, timezone: string) {
    this.key = key;
    this.timezone = timezone;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): number => this.version;

  get(position: number): TreeRow | undefined {
    return this.rows.get(position);
  }

  /** Why rows are missing, if the last request failed. */
  failure(): Error | undefined {
    return this.lastFailure;
  }

  /** Says which rows are in view; what is missing of them is asked for once the view rests. */
  want(positions: readonly number[]): void {
    this.wanted = positions;
    clearTimeout(this.timer);
    if (this.missing().length === 0) return;
    this.timer = setTimeout(() => void this.load(), this.rows.size === 0 ? 0 : settleMs);
  }

  again(): void {
    this.lastFailure = undefined;
    this.asked.clear();
    void this.load();
  }

  private missing(): number[] {
    return this.wanted.filter((at) => !this.rows.has(at) && !this.asked.has(at)).slice(0, mostAsked);
  }

  private async load(): Promise<void> {
    const positions = this.missing();
    if (positions.length === 0) return;
    for (const at of positions) this.asked.add(at);
    try {
      const path = `/tree/${encodeURIComponent(this.key)}/rows`;
      const answer = await apiGet<TreeRows>(path, { positions: ranges(positions), timezone: this.timezone });
      if (this.rows.size > mostKept) this.rows.clear();
      for (const row of answer.rows) this.rows.set(row.position, row);
      this.lastFailure = undefined;
    } catch (error) {
      this.lastFailure = error instanceof Error ? error : new Error(String(error));
    }
    for (const at of positions) this.asked.delete(at);
    this.version += 1;
    for (const listener of this.listeners) listener();
    if (this.lastFailure === undefined && this.missing().length > 0) void this.load();
  }
}

/** `1,2,5-40`. */
export function ranges(positions: readonly number[]): string {
  const sorted = [...positions].sort((left, right) => left - right);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    parts.push(end === at ? `${sorted[at]}` : `${sorted[at]}-${sorted[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}
