import type { ProcessColumns } from './process-columns.ts';
import type { TreeOrder } from './tree-order.ts';

/** Longer command lines are compared as they are. */
const longestNormalised = 2_000;

/**
 * Numbers of groups of alike siblings by position, -1 for a process that is like none beside it. Alike are siblings with the
 * same program, normalised command line and grade, without flags, whose branches are alike too. Groups are numbered from 0.
 */
export function foldGroups(columns: ProcessColumns, order: TreeOrder): Int32Array {
  const { indexes, parents } = order;
  const size = indexes.length;
  const groups = new Int32Array(size).fill(-1);
  const kinds = new KindNumbers();
  const texts = new Map<string, string>();
  /** What a branch is like; -1: it is like no other. */
  const kindOf = new Int32Array(size);
  const branches = new Map<number, number[]>();
  for (let position = size - 1; position >= 0; position--) {
    const index = indexes[position] ?? 0;
    const below = branches.get(position);
    branches.delete(position);
    const apart = columns.severity[index] !== 0 || below?.includes(-1) === true;
    const kind = apart ? -1 : kinds.number(branchText(columns, index, texts), below);
    kindOf[position] = kind;
    const parent = parents[position] ?? -1;
    if (parent < 0) continue;
    const siblings = branches.get(parent);
    if (siblings) siblings.push(kind);
    else branches.set(parent, [kind]);
  }
  const first = new Map<string, number>();
  let next = 0;
  for (let position = 0; position < size; position++) {
    const kind = kindOf[position] ?? -1;
    if (kind < 0) continue;
    const key = `${parents[position]} ${kind}`;
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
  readonly #numbers = new Map<string, number>();

  number(text: string, below: number[] | undefined): number {
    const kinds = below === undefined ? '' : [...new Set(below)].sort((one, other) => one - other).join(' ');
    const key = `${kinds}\n${text}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}

function branchText(columns: ProcessColumns, index: number, texts: Map<string, string>): string {
  const image = columns.images[index] ?? '';
  const commandLine = columns.commandLines[index] ?? '';
  const key = `${image}\n${commandLine}`;
  let text = texts.get(key);
  if (text === undefined) {
    text = `${image.toLowerCase()}\n${normalised(commandLine)}`;
    texts.set(key, text);
  }
  return `${columns.grade[index]} ${text}`;
}

/** A command line without letter case, and with its numbers (hexadecimal ones and GUIDs, too) and runs of blanks made equal. */
export function normalised(commandLine: string): string {
  if (commandLine.length > longestNormalised) return commandLine;
  return commandLine
    .toLowerCase()
    .replace(/[a-f]*\d[0-9a-fx-]*/g, '#')
    .replace(/\s{2,}|[^\S ]/g, ' ');
}
