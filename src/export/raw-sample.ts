import { judge, reasonTexts } from '../verify/judge.ts';
import { storedOf } from '../verify/stored-event.ts';
import type { EventBlock } from './event-block.ts';

/** What raw texts of a file are without the files that they came in: a sample of them was read again. */
export interface AloneFacts {
  /** Events that were read again from their raw text alone. */
  readonly read: number;
  /** Of these, those that gave the same event. */
  readonly same: number;
  /** What the others lack, in English. */
  readonly lacks: readonly string[];
}

/** The first events of a file, and then one of so many, are read again; so many in all. */
const fromStart = 100;
const every = 1_000;
const most = 500;

const differs = 'what a newer or older version of the program makes of it otherwise';

/** All that `lacks` may say. */
export const sampleLacks: readonly string[] = [differs, ...Object.values(reasonTexts)];

/** Reads some of a file's raw texts again, as an ingest of the file would. */
export class RawSample {
  #events: number;
  #read: number;
  #same: number;
  readonly #lacks: Set<string>;

  /** Goes on where a sample of so many events had come to. */
  constructor(events = 0, { read, same, lacks }: AloneFacts = { read: 0, same: 0, lacks: [] }) {
    this.#events = events;
    this.#read = read;
    this.#same = same;
    this.#lacks = new Set(lacks);
  }

  take(block: EventBlock, row: number): void {
    const isTaken = this.#events < fromStart || this.#events % every === 0;
    this.#events++;
    if (!isTaken || this.#read >= most) return;
    this.#read++;
    const judgement = judge(storedOf(block.cells(row)), { squidFormats: [] });
    if (judgement.kind === 'agrees') this.#same++;
    else this.#lacks.add(judgement.kind === 'differs' ? differs : reasonTexts[judgement.reason]);
  }

  facts(): AloneFacts {
    return { read: this.#read, same: this.#same, lacks: [...this.#lacks].sort() };
  }
}
