import { gradeNumbers, type ProcessColumns } from './process-columns.ts';
import type { TreeOrder } from './tree-order.ts';

/** Longer command lines are compared as they are. */
const longestNormalised = 2_000;

const gradeCount = Object.keys(gradeNumbers).length;

/**
 * Numbers of groups of alike siblings by position, -1 for a process that is like none beside it. Alike are siblings with the
 * same program, normalised command line and grade, without flags, whose branches are alike too. Groups are numbered from 0.
 */
export function foldGroups(columns: ProcessColumns, order: TreeOrder): Int32Array {
  const { indexes, parents } = order;
  const size = indexes.length;
  const groups = new Int32Array(size).fill(-1);
  const kinds = new KindNumbers(columns);
  /** What a branch is like; -1: it is like no other. */
  const kindOf = new Int32Array(size);
  const branches = new Map<number, number[]>();
  for (let position = size - 1; position >= 0; position--) {
    const index = indexes[position] ?? 0;
    const below = branches.get(position);
    branches.delete(position);
    const apart = columns.severity[index] !== 0 || below?.includes(-1) === true;
    const kind = apart ? -1 : kinds.number(index, below);
    kindOf[position] = kind;
    const parent = parents[position] ?? -1;
    if (parent < 0) continue;
    const siblings = branches.get(parent);
    if (siblings) siblings.push(kind);
    else branches.set(parent, [kind]);
  }
  const first = new Map<number, number>();
  let next = 0;
  for (let position = 0; position < size; position++) {
    const kind = kindOf[position] ?? -1;
    if (kind < 0) continue;
    const key = ((parents[position] ?? -1) + 1) * kinds.size + kind;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, position);
      continue;
    }
    if (groups[before] === -1) groups[before] = next++;
    groups[position] = groups[before] ?? -1;
  }
  return groups;
}

/** Numbers for what branches are like: the process, and the kinds below it in any order. */
class KindNumbers {
  size = 0;
  readonly #columns: ProcessColumns;
  readonly #images = new Alike((image) => image.toLowerCase());
  readonly #commandLines = new Alike(normalised);
  /** Of processes without children, by image, command line and grade; they are most of all. */
  readonly #leaves = new Map<number, number>();
  readonly #branches = new Map<string, number>();

  constructor(columns: ProcessColumns) {
    this.#columns = columns;
  }

  number(index: number, below: number[] | undefined): number {
    const { images, commandLines, grade } = this.#columns;
    const line = this.#commandLines.number(commandLines[index] ?? '');
    const image = this.#images.number(images[index] ?? '');
    // Neither is more than the processes of a host, so that this stays exact up to fifteen million of them.
    const own = (line * images.length + image) * gradeCount + (grade[index] ?? 0);
    if (below === undefined) return this.#numberOf(this.#leaves, own);
    const kinds = [...new Set(below)].sort((one, other) => one - other).join(' ');
    return this.#numberOf(this.#branches, `${own}\n${kinds}`);
  }

  #numberOf<Key>(numbers: Map<Key, number>, key: Key): number {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = this.size++;
    numbers.set(key, number);
    return number;
  }
}

/** Numbers of texts that are the same once they are made plain. */
class Alike {
  readonly #plain: (text: string) => string;
  readonly #byText = new Map<string, number>();
  readonly #byPlain = new Map<string, number>();

  constructor(plain: (text: string) => string) {
    this.#plain = plain;
  }

  number(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const plain = this.#plain(text);
    const number = this.#byPlain.get(plain) ?? this.#byPlain.size;
    this.#byPlain.set(plain, number);
    this.#byText.set(text, number);
    return number;
  }
}

/** A command line without letter case, and with its numbers (hexadecimal ones and GUIDs, too) and runs of blanks made equal. */
export function normalised(commandLine: string): string {
  if (commandLine.length > longestNormalised) return commandLine;
  return commandLine
    .toLowerCase()
    .replace(/[a-f]*\d[0-9a-fx-]*/g, '#')
    .replace(/\s{2,}|[^\S ]/g, ' ');
}
