import type { Event } from '../events/event.ts';
import type { SquidFormat } from '../products/squid/squid-formats.ts';
import { givenZone } from '../products/zoned-event.ts';
import { type Difference, differences } from './compare-event.ts';
import { type AsideReason, type Judgement, judge, type Reason } from './judge.ts';
import { fileOf, type SourceEntry, sourceEntries } from './source-records.ts';
import { type Stored, type StoredScope, storedEvents } from './stored-event.ts';

/** An event whose raw text, read again, gives something else than is stored. */
export interface Disagreement {
  readonly id: string;
  readonly origin: string;
  readonly offset: number;
  readonly found: readonly Difference[];
}

/** Why an event could not be judged: what its raw text lacks, and why its source did not give it. */
export interface NotJudged {
  readonly reason: Reason;
  readonly source: SourceState;
  readonly events: number;
  /** One of the sources. */
  readonly origin: string;
}

/** `gone`: there is no such file any more. `changed`: the file has another record there, or none. */
export type SourceState = 'gone' | 'changed' | 'too-many';

export interface VerifySummary {
  readonly events: number;
  readonly agreed: number;
  /** Of these, events that were judged with what their source, read again, has besides their raw text. */
  readonly bySource: number;
  readonly differing: number;
  readonly notJudged: readonly NotJudged[];
  /** Members of agreeing events that were left aside, and why. */
  readonly aside: readonly {
    readonly field: string;
    readonly reason: AsideReason;
    readonly events: number;
  }[];
  /** Differing events by field. */
  readonly fields: readonly { readonly field: string; readonly events: number }[];
}

export interface VerifyOptions extends StoredScope {
  readonly squidFormats: readonly SquidFormat[];
  /** Called for each disagreement as it is found. */
  readonly onDisagreement: (disagreement: Disagreement) => void | Promise<void>;
  readonly onProgress?: (events: number) => void;
}

/** Sources that are read again at most. */
const mostSources = 10_000;

/**
 * Reads the raw texts of a scope again and compares them with what is stored. In bounded memory: events are streamed, first all
 * of them, then those of each source whose raw texts do not tell all, beside that source.
 */
export async function verify(options: VerifyOptions): Promise<VerifySummary> {
  return new Verifier(options).run();
}

class Verifier {
  readonly #options: VerifyOptions;
  #events = 0;
  #agreed = 0;
  #bySource = 0;
  #differing = 0;
  readonly #pending = new Set<string>();
  readonly #notJudged = new Map<string, NotJudged>();
  readonly #aside = new Map<string, { field: string; reason: AsideReason; events: number }>();
  readonly #fields = new Map<string, number>();

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  async run(): Promise<VerifySummary> {
    for await (const stored of storedEvents(this.#options)) {
      this.#events++;
      this.#options.onProgress?.(this.#events);
      const judgement = judge(stored, this.#options);
      if (judgement.kind === 'agrees') this.#agree(judgement);
      else if (judgement.kind === 'differs') await this.#differ(stored, judgement.found);
      else if (this.#pending.has(stored.origin) || this.#pending.size < mostSources)
        this.#pending.add(stored.origin);
      else this.#leave(stored, judgement.reason, 'too-many');
    }
    for (const origin of this.#pending) await this.#withSource(origin);
    const most = <Each extends { readonly events: number }>(all: Iterable<Each>): readonly Each[] =>
      [...all].sort((one, other) => other.events - one.events);
    return {
      events: this.#events,
      agreed: this.#agreed,
      bySource: this.#bySource,
      differing: this.#differing,
      notJudged: most(this.#notJudged.values()),
      aside: most(this.#aside.values()),
      fields: most([...this.#fields].map(([field, events]) => ({ field, events }))),
    };
  }

  /** Judges the events of one source that need it, walking the source and the store in the order of the file. */
  async #withSource(origin: string): Promise<void> {
    const path = fileOf(origin);
    const entries =
      path === undefined
        ? undefined
        : sourceEntries(path, origin, this.#options.squidFormats, this.#options.limits.signal);
    const walk = new SourceWalk(entries);
    try {
      for await (const stored of storedEvents(this.#options, origin)) {
        const judgement = judge(stored, this.#options);
        const needs = judgement.kind === 'needs-source' ? judgement : undefined;
        // The others pass too: the recording's clock learns from every record in turn.
        const event = await walk.eventOf(stored);
        if (needs === undefined) continue;
        if (event === undefined) this.#leave(stored, needs.reason, path === undefined ? 'gone' : 'changed');
        else {
          const found = differences(stored, event).filter(
            ({ field }) => field !== '_time' || !stored.timeSource.startsWith('arrival'),
          );
          if (found.length > 0) await this.#differ(stored, found);
          else {
            this.#agreed++;
            this.#bySource++;
          }
        }
      }
    } finally {
      await entries?.return(undefined);
    }
  }

  #agree({ aside }: Extract<Judgement, { kind: 'agrees' }>): void {
    this.#agreed++;
    for (const { field, reason } of aside) {
      const key = `${field} ${reason}`;
      const known = this.#aside.get(key) ?? { field, reason, events: 0 };
      known.events++;
      this.#aside.set(key, known);
    }
  }

  async #differ({ id, origin, offset }: Stored, found: readonly Difference[]): Promise<void> {
    this.#differing++;
    for (const { field } of found) this.#fields.set(field, (this.#fields.get(field) ?? 0) + 1);
    await this.#options.onDisagreement({ id, origin, offset, found });
  }

  #leave({ origin }: Stored, reason: Reason, source: SourceState): void {
    const key = `${reason} ${source}`;
    const known = this.#notJudged.get(key);
    this.#notJudged.set(key, {
      reason,
      source,
      events: (known?.events ?? 0) + 1,
      origin: known?.origin ?? origin,
    });
  }
}

/** A source beside its stored events, both in the order of the file. */
class SourceWalk {
  readonly #entries: AsyncIterator<SourceEntry> | undefined;
  /** Records at one place of the source: those of a list have the same. */
  #here: SourceEntry[] = [];
  #next: SourceEntry | undefined;
  #isStarted = false;

  constructor(entries: AsyncIterator<SourceEntry> | undefined) {
    this.#entries = entries;
  }

  /** The event of the record with the stored raw text at the stored place; undefined where the source has none there. */
  async eventOf(stored: Stored): Promise<Event | undefined> {
    if (this.#entries === undefined) return undefined;
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#next = await this.#read();
    }
    while (this.#next !== undefined && this.#next.record.offset <= stored.offset) {
      if (this.#here[0] !== undefined && this.#here[0].record.offset < this.#next.record.offset) this.#pass();
      this.#here.push(this.#next);
      this.#next = await this.#read();
    }
    const at = this.#here.findIndex(
      ({ record }) => record.offset === stored.offset && record.raw === stored.raw,
    );
    const [entry] = at < 0 ? [] : this.#here.splice(at, 1);
    const event = entry?.event(stored.arrival, givenZone(stored.timeSource));
    return event === undefined || 'kind' in event ? undefined : event;
  }

  /** Records without a stored event still tell of the clock. */
  #pass(): void {
    for (const entry of this.#here) entry.event(0n);
    this.#here = [];
  }

  async #read(): Promise<SourceEntry | undefined> {
    const next = await this.#entries?.next();
    return next === undefined || next.done ? undefined : next.value;
  }
}
