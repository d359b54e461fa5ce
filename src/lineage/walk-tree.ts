import { type Family, type LeftOut, leftOut } from './select-family.ts';

interface TreePlace {
  /** 0 for a root of the lineage that is shown. */
  readonly depth: number;
  /** What is drawn in front: the lines from the ancestors and the branch. */
  readonly branch: string;
  /** What is drawn in front of further lines that belong to the item. */
  readonly below: string;
}

/** One line of a tree: a process, or the count of children that are not shown, behind those that are. */
export type TreeItem =
  | (TreePlace & { readonly kind: 'process'; readonly index: number })
  | (TreePlace & { readonly kind: 'left-out'; readonly parent: number; readonly leftOut: LeftOut });

interface Frame {
  readonly index: number;
  readonly children: readonly number[];
  readonly leftOut: LeftOut | undefined;
  readonly lines: Lines;
  next: number;
}

interface Lines {
  readonly through: string;
  readonly branch: string;
  readonly last: string;
}

const seenLines: Lines = { through: '│  ', branch: '├─ ', last: '└─ ' };
/** Below a process that no event saw being created. */
const unseenLines: Lines = { through: '╎  ', branch: '├╌ ', last: '└╌ ' };
const blank = '   ';

/** Levels that are drawn as lines; a deeper tree begins anew at the left, with the number of levels before it. */
const LEVELS = 40;

/**
 * The family in the order in which it is drawn. Depth is not limited by the stack, nor a line's length by the depth.
 * `processes`: without items for what is left out.
 */
export function* walkTree(family: Family, items: 'all' | 'processes' = 'all'): Generator<TreeItem> {
  for (const root of family.roots) yield* walkFrom(family, root, items);
}

function* walkFrom(family: Family, root: number, items: 'all' | 'processes'): Generator<TreeItem> {
  const frames: Frame[] = [];
  const through: string[] = [];
  const enter = (index: number, branch: string): TreeItem => {
    const depth = frames.length;
    const { lineage } = family;
    const children = lineage.children(index).filter(family.shows);
    const out = items === 'all' ? leftOut(family, index) : undefined;
    const hasMore = children.length > 0 || out !== undefined;
    const isSeen = !hasMore || lineage.process(index).basis === 'started';
    const lines = isSeen ? seenLines : unseenLines;
    const frame: Frame = { index, children, leftOut: out, lines, next: 0 };
    frames.push(frame);
    const before = prefix(through, depth - 1);
    const own = hasMore ? frame.lines.through : blank;
    return { kind: 'process', index, depth, branch: before + branch, below: prefix(through, depth) + own };
  };
  yield enter(root, '');
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const { children, lines, next } = frame;
    const child = children[next];
    const depth = frames.length;
    if (child !== undefined) {
      frame.next += 1;
      const isLast = frame.next === children.length && frame.leftOut === undefined;
      through.length = depth - 1;
      through.push(isLast ? blank : lines.through);
      yield enter(child, isLast ? lines.last : lines.branch);
      continue;
    }
    if (frame.leftOut !== undefined && next === children.length) {
      frame.next += 1;
      const before = prefix(through, depth - 1);
      const branch = before + lines.last;
      const { index: parent, leftOut } = frame;
      yield { kind: 'left-out', parent, leftOut, depth, branch, below: before + blank };
    }
    frames.pop();
  }
}

/** The lines of the ancestors of an item at `depth`, from the last level that begins at the left. */
function prefix(through: readonly string[], depth: number): string {
  if (depth <= 0) return '';
  const first = depth - (depth % LEVELS);
  return (first === 0 ? '' : `[+${first}] `) + through.slice(first, depth).join('');
}
