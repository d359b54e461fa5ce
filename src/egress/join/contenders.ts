import { type Contention, type MatchCandidate, mostCandidates } from './match.ts';
import { LIFE_TOLERANCE } from './process-life.ts';
import {
  type Asked,
  ageAtFirst,
  type Background,
  type DestinationContacts,
  scoreOf,
  weigh,
} from './tier-three.ts';

const nobody: Contention = { first: [], count: 0 };

/** So many processes can be told apart in a key; a key is a whole number below 2 ** 53. */
const PROCESSES = 2 ** 26;
const NO_AGE = 2 ** 22 - 1;

/**
 * The processes of one host that may have made connections whose lines say the same, in order of how much speaks for them. That order
 * is made once; a connection then asks which were alive at its time. Moments must come in order, by the clock of the host.
 */
export class Contenders {
  readonly #asked: Asked;
  readonly #contacts: DestinationContacts | undefined;
  readonly #background: Background;
  /** By rank. */
  readonly #ranked: Int32Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  /** In order of time. */
  readonly #begins: Float64Array;
  readonly #finishes: Float64Array;
  #begun = 0;
  #finished = 0;
  #last: Contention | undefined;
  readonly #candidates = new Map<number, MatchCandidate>();

  constructor(
    processes: readonly number[],
    asked: Asked,
    contacts: DestinationContacts | undefined,
    background: Background,
  ) {
    this.#asked = asked;
    this.#contacts = contacts;
    this.#background = background;
    const keys: number[] = [];
    for (const index of processes) {
      const score = scoreOf(index, asked, contacts, background);
      if (score > 0) keys.push(this.#keyOf(index, score));
    }
    const sorted = Float64Array.from(keys).sort();
    this.#ranked = Int32Array.from(sorted, (key) => key % PROCESSES);
    const life = (index: number) => background.processes[index];
    this.#starts = Float64Array.from(this.#ranked, (index) => life(index)?.start ?? Number.NEGATIVE_INFINITY);
    this.#ends = Float64Array.from(this.#ranked, (index, rank) =>
      Math.max(life(index)?.end ?? Number.POSITIVE_INFINITY, this.#starts[rank] as number),
    );
    this.#begins = this.#starts.slice().sort();
    this.#finishes = this.#ends.slice().sort();
  }

  /** Sorts by score, then the younger first, then by index. */
  #keyOf(index: number, score: number): number {
    const age = ageAtFirst(index, this.#contacts, this.#background) ?? NO_AGE;
    const young = Math.max(0, Math.min(NO_AGE, Math.round(age)));
    return ((31 - score) * (NO_AGE + 1) + young) * PROCESSES + index;
  }

  /** Those that were alive at a moment. */
  at(moment: number): Contention {
    const latest = moment + LIFE_TOLERANCE;
    const earliest = moment - LIFE_TOLERANCE;
    const { begun, finished } = { begun: this.#begun, finished: this.#finished };
    while (this.#begun < this.#begins.length && (this.#begins[this.#begun] as number) <= latest)
      this.#begun++;
    while (this.#finished < this.#finishes.length && (this.#finishes[this.#finished] as number) < earliest)
      this.#finished++;
    if (this.#last !== undefined && begun === this.#begun && finished === this.#finished) return this.#last;
    const count = this.#begun - this.#finished;
    if (count === 0) {
      this.#last = nobody;
      return nobody;
    }
    const first: MatchCandidate[] = [];
    for (let rank = 0; rank < this.#ranked.length && first.length < Math.min(count, mostCandidates); rank++) {
      if ((this.#starts[rank] as number) > latest || (this.#ends[rank] as number) < earliest) continue;
      const candidate = this.#candidateAt(rank);
      if (candidate !== undefined) first.push(candidate);
    }
    this.#last = { first, count };
    return this.#last;
  }

  #candidateAt(rank: number): MatchCandidate | undefined {
    const known = this.#candidates.get(rank);
    if (known !== undefined) return known;
    const index = this.#ranked[rank] as number;
    const made = weigh(index, this.#asked, this.#contacts, undefined, this.#background);
    if (made !== undefined) this.#candidates.set(rank, made);
    return made;
  }
}
