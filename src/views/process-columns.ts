import { finish, type Steps } from '../core/steps.ts';
import { TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import { FlagFinder, spoofingReasons } from '../lineage/flags/flag-process.ts';
import { imageName } from '../lineage/image-name.ts';
import type { Grade, Lineage, Process } from '../lineage/process.ts';
import { highestSeverity } from './flag-view.ts';

/** The grades as columns number them. */
export const gradeNumbers: Readonly<Record<Grade, number>> = {
  exact: 0,
  probable: 1,
  ambiguous: 2,
  claimed: 3,
  none: 4,
};

const basisNumbers: Readonly<Record<Process['basis'], number>> = { started: 0, seen: 1, claimed: 2 };

const startNumbers: Readonly<Record<NonNullable<Process['startFrom']> | 'nothing', number>> = {
  'start-event': 0,
  guid: 1,
  'seen-since': 2,
  nothing: 3,
};

/** Texts by number; each is there once. */
export class TextNumbers {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }
}

/** What rows of a tree show of every process of a host, by index in the lineage. */
export interface ProcessColumns {
  /** What `start` and `end` count milliseconds from: the first moment that is known, to the millisecond. */
  readonly base: Ticks;
  readonly pid: Float64Array;
  readonly grade: Uint8Array;
  readonly basis: Uint8Array;
  /** NaN where unknown. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly startFrom: Uint8Array;
  readonly name: Uint32Array;
  /** -1 where unknown. */
  readonly user: Int32Array;
  readonly severity: Uint8Array;
  readonly flags: Uint16Array;
  readonly candidates: Uint32Array;
  readonly disagreements: Uint8Array;
  readonly images: readonly (string | undefined)[];
  readonly commandLines: readonly (string | undefined)[];
  readonly names: readonly string[];
  readonly users: readonly string[];
}

/** Processes that are read at once, where others may have a turn in between. */
const step = 4_000;
const flagStep = 8_000;

/** Reads the columns of a whole host, once for all of its trees. */
export function processColumns(lineage: Lineage): ProcessColumns {
  return finish(columnSteps(lineage));
}

/** The same in steps, so that a large host does not keep everybody else waiting. */
export function* columnSteps(lineage: Lineage): Steps<ProcessColumns> {
  const { size } = lineage;
  const names = new TextNumbers();
  const users = new TextNumbers();
  const images: (string | undefined)[] = [];
  const commandLines: (string | undefined)[] = [];
  const starts: (Ticks | undefined)[] = [];
  const ends: (Ticks | undefined)[] = [];
  const columns = {
    pid: new Float64Array(size),
    grade: new Uint8Array(size),
    basis: new Uint8Array(size),
    start: new Float64Array(size),
    end: new Float64Array(size),
    startFrom: new Uint8Array(size),
    name: new Uint32Array(size),
    user: new Int32Array(size),
    severity: new Uint8Array(size),
    flags: new Uint16Array(size),
    candidates: new Uint32Array(size),
    disagreements: new Uint8Array(size),
  };
  const spoofing = new Map<number, readonly string[]>();
  const imageNames = new Map<string, number>();
  const imageNumber = (image: string | undefined): number => {
    if (image === undefined) return names.number('');
    let number = imageNames.get(image);
    if (number === undefined) {
      number = names.number(imageName(image));
      imageNames.set(image, number);
    }
    return number;
  };
  let base: Ticks | undefined;
  for (let index = 0; index < size; index++) {
    if (index % step === step - 1) yield;
    const process = lineage.outline(index);
    const { start, end, image, user } = process;
    if (start !== undefined && (base === undefined || start < base)) base = start;
    if (end !== undefined && (base === undefined || end < base)) base = end;
    starts.push(start);
    ends.push(end);
    images.push(image);
    commandLines.push(process.commandLine);
    columns.pid[index] = process.pid ?? -1;
    columns.grade[index] = gradeNumbers[lineage.grade(index)];
    columns.basis[index] = basisNumbers[process.basis];
    columns.startFrom[index] = startNumbers[process.startFrom ?? 'nothing'];
    columns.name[index] = imageNumber(image);
    columns.user[index] = user === undefined ? -1 : users.number(user);
    columns.disagreements[index] = process.disagreements;
    // An exact edge has no choice.
    if (columns.grade[index] !== 0) columns.candidates[index] = process.candidates;
    if (process.disagreements > 0 || process.sensorsDisagree)
      spoofing.set(index, spoofingReasons(lineage, index));
  }
  const finder = new FlagFinder();
  for (let index = 0; index < size; index++) {
    if (index % flagStep === flagStep - 1) yield;
    const parent = lineage.parent(index);
    const flags = finder.find({
      image: images[index],
      commandLine: commandLines[index],
      parentImage: parent < 0 ? undefined : images[parent],
      grade: lineage.grade(index),
      spoofing: spoofing.get(index) ?? [],
    });
    columns.flags[index] = flags.length;
    columns.severity[index] = highestSeverity(flags);
  }
  const from = (base ?? 0n) - ((base ?? 0n) % TICKS_PER_MILLISECOND);
  const milliseconds = (moment: Ticks | undefined) =>
    moment === undefined ? Number.NaN : Math.floor(Number(moment - from) / Number(TICKS_PER_MILLISECOND));
  for (let index = 0; index < size; index++) {
    columns.start[index] = milliseconds(starts[index]);
    columns.end[index] = milliseconds(ends[index]);
  }
  return { ...columns, base: from, images, commandLines, names: names.texts, users: users.texts };
}
