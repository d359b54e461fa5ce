import { terminalText } from '../core/terminal-text.ts';
import { TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import { describeReason } from '../lineage/describe-reason.ts';
import { imageName } from '../lineage/image-name.ts';
import type { Grade, Lineage, Process } from '../lineage/process.ts';
import { claimReasons } from '../lineage/process-notes.ts';
import { clockText } from './clock-text.ts';
import { defanged } from './defanged.ts';
import { flagViews } from './flag-view.ts';
import { countText } from './quantity-text.ts';
import type { SelectedTree } from './selected-tree.ts';

export interface TicketOptions {
  readonly timezone: string;
  /** Undefined: all that had arrived. */
  readonly asOf: Ticks | undefined;
  /** Arrival of the last event that is in the tree. */
  readonly arrived: Ticks | undefined;
  /** Makes addresses unclickable. */
  readonly defang: boolean;
}

/** From this depth on lines begin with the number of their level. */
const deepest = 40;

const grades: readonly Grade[] = ['exact', 'probable', 'ambiguous', 'claimed', 'none'];

/**
 * A tree as text for a ticket, a line a process: name, process id, start, time since the parent's, grade where it is not exact,
 * flags, whole command line. Alike siblings stand once, with their number. What a terminal would obey is made visible.
 */
export function* ticketText(lineage: Lineage, tree: SelectedTree, options: TicketOptions): Generator<string> {
  const { order, folds } = tree;
  const { timezone } = options;
  yield heading(lineage, tree, options);
  const folded = new Map<number, number>();
  for (const group of folds) if (group >= 0) folded.set(group, (folded.get(group) ?? 0) + 1);
  const written = new Set<number>();
  let hidden = -1;
  for (const [position, index] of order.indexes.entries()) {
    const depth = order.depths[position] ?? 0;
    if (hidden >= 0 && depth > hidden) continue;
    hidden = -1;
    const group = folds[position] ?? -1;
    if (group >= 0 && written.has(group)) {
      hidden = depth;
      continue;
    }
    written.add(group);
    const parent = order.parents[position] ?? -1;
    const above = parent < 0 ? undefined : lineage.process(order.indexes[parent] ?? 0);
    const process = lineage.process(index);
    const times = group < 0 ? '' : ` × ${countText(folded.get(group) ?? 1)} (alike, none flagged)`;
    const left = order.leftOut[position] ?? 0;
    const parts = [
      `${branch(depth)}${label(process)}${times}`,
      startText(process, timezone),
      deltaText(above, process),
      tree.naive === undefined ? gradeText(lineage, index) : '',
      flagText(lineage, index),
      options.defang ? defanged(process.commandLine ?? '') : (process.commandLine ?? ''),
      left === 0 ? '' : `[${countText(left)} more below it, not shown]`,
    ];
    yield parts
      .filter((part) => part !== '')
      .map((part) => terminalText(part))
      .join('  ');
  }
}

function heading(
  lineage: Lineage,
  { order }: SelectedTree,
  { timezone, asOf, arrived }: TicketOptions,
): string {
  const counts = new Map<Grade, number>();
  for (const index of order.indexes)
    counts.set(lineage.grade(index), (counts.get(lineage.grade(index)) ?? 0) + 1);
  const moment = asOf ?? arrived;
  return [
    terminalText(lineage.host),
    timezone,
    moment === undefined ? '' : `as of ${clockText(moment, timezone)}`,
    ...grades.flatMap((grade) =>
      counts.has(grade) ? [`${grade} ${countText(counts.get(grade) ?? 0)}`] : [],
    ),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

function branch(depth: number): string {
  if (depth === 0) return '';
  const level = depth % deepest;
  return `${depth >= deepest ? `[+${depth - level}] ` : ''}${'  '.repeat(Math.max(0, level - 1))}└ `;
}

function label({ image, pid }: Process): string {
  return `${image === undefined ? '(program unknown)' : imageName(image)} ${pid ?? '(id unknown)'}`;
}

function startText({ start, startFrom }: Process, timezone: string): string {
  if (start === undefined) return '';
  const sign = startFrom === 'seen-since' ? '≤' : startFrom === 'guid' ? '≈' : '';
  return sign + clockText(start, timezone);
}

/** `+41 ms`, `+2.6 s`, `+4:29`, `+3 h 12`; negative where the parent started after the child. */
export function deltaText(parent: Process | undefined, child: Process): string {
  if (parent?.start === undefined || child.start === undefined || parent.startFrom === 'seen-since')
    return '';
  const ticks = child.start - parent.start;
  const sign = ticks < 0n ? '−' : '+';
  const milliseconds = Math.round(Number(ticks < 0n ? -ticks : ticks) / Number(TICKS_PER_MILLISECOND));
  if (milliseconds < 1_000) return `${sign}${milliseconds} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${sign}${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${sign}${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return `${sign}${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

function gradeText(lineage: Lineage, index: number): string {
  const grade = lineage.grade(index);
  if (lineage.process(index).basis === 'claimed') {
    const why = claimReasons(lineage, index).map(describeReason);
    return `[claimed${why.length === 0 ? '' : `: ${why.join('; ')}`}]`;
  }
  return grade === 'exact' || grade === 'none' ? '' : `[${grade}]`;
}

function flagText(lineage: Lineage, index: number): string {
  const [first, ...more] = flagViews(lineage, index);
  if (first === undefined) return '';
  return `${first.severity.toUpperCase()}${more.length === 0 ? '' : ` ${more.length + 1}`}`;
}
