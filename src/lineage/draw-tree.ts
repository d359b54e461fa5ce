import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { imageName } from './image-name.ts';
import type { Grade, Process } from './process.ts';
import type { Family } from './select-family.ts';
import { padded, textWidth } from './text-width.ts';
import { type TreeItem, walkTree } from './walk-tree.ts';

export interface TreeStyle {
  /** A moment on the reader's clock; always of one width. */
  timeText(moment: Ticks): string;
  /** A mark of one column in front of a process, such as what a difference says of it; absent: no such column. */
  mark?(index: number): string;
  /** False: edges are drawn without their grades. */
  readonly grades?: boolean;
  /** Lines to draw below a process; they are made safe here. */
  notes?(index: number): readonly string[];
}

/** How the edge to its parent is marked in front of a process. */
export const gradeMarks: Readonly<Record<Grade, string>> = {
  exact: '=',
  probable: '~',
  ambiguous: '?',
  claimed: ':',
  none: ' ',
};

/** Names that are longer push what is behind them aside. */
const widestTree = 72;
const widestUser = 28;

/** The family as lines of text: time, mark of the edge, tree, user, command line. Safe for a terminal. */
export function* drawTree(family: Family, style: TreeStyle): Generator<string> {
  const { lineage } = family;
  let treeWidth = 0;
  let userWidth = 0;
  for (const item of walkTree(family)) {
    if (item.kind !== 'process') continue;
    const process = lineage.process(item.index);
    const width = treeColumns(item, process);
    if (width <= widestTree) treeWidth = Math.max(treeWidth, width);
    const user = textWidth(terminalText(process.user ?? ''));
    if (user <= widestUser) userWidth = Math.max(userWidth, user);
  }
  const timeWidth = textWidth(style.timeText(0n)) + 1;
  const margin = (index: number | undefined, time: string, grade: string) => {
    const own = index === undefined ? ' ' : style.mark?.(index);
    return `${style.mark === undefined ? '' : `${own} `}${padded(time, timeWidth)} ${grade} `;
  };
  for (const item of walkTree(family)) {
    if (item.kind === 'left-out') {
      yield `${margin(undefined, '', ' ')}${item.branch}${leftOutText(item)}`;
      continue;
    }
    const process = lineage.process(item.index);
    const blanks = ' '.repeat(Math.max(0, treeWidth - treeColumns(item, process)));
    const tree = treeText(item, process) + blanks;
    const user = padded(terminalText(process.user ?? ''), userWidth);
    const grade = style.grades === false ? ' ' : gradeMarks[lineage.grade(item.index)];
    const front = margin(item.index, timeCell(process, style), grade);
    yield `${front}${tree}  ${user}  ${terminalText(process.commandLine ?? '')}`.trimEnd();
    for (const note of style.notes?.(item.index) ?? [])
      yield `${margin(undefined, '', ' ')}${item.below}${terminalText(note)}`;
  }
}

/** `WINWORD.EXE (7344)`, and how it is known where it was not seen being created. Safe for a terminal. */
export function processLabel({ image, pid, basis }: Process): string {
  const name = image === undefined ? '(program unknown)' : terminalText(imageName(image));
  const known = basis === 'claimed' ? ' (claimed)' : basis === 'seen' ? ' (seen running)' : '';
  return `${name} (${pid ?? 'id unknown'})${known}`;
}

/** The drawn line without time, user and command line. */
export function treeText(item: Extract<TreeItem, { readonly kind: 'process' }>, process: Process): string {
  return item.branch + processLabel(process);
}

/** Lines of a tree are one column each; to measure them as text takes far longer. */
function treeColumns(item: Extract<TreeItem, { readonly kind: 'process' }>, process: Process): number {
  return item.branch.length + textWidth(processLabel(process));
}

/** `… 12 more children, 57 processes with those below them`; without the latter where it was not read. */
export function leftOutText({ leftOut }: Extract<TreeItem, { readonly kind: 'left-out' }>): string {
  const { children, processes } = leftOut;
  const below =
    processes === undefined || processes === children ? '' : `, ${processes} processes with those below them`;
  return `… ${children} more ${children === 1 ? 'child' : 'children'}${below}`;
}

/** A start that is only known roughly has a sign in front. */
function timeCell({ start, startFrom }: Process, style: TreeStyle): string {
  if (start === undefined) return '';
  return (startFrom === 'seen-since' ? '≤' : startFrom === 'guid' ? '≈' : ' ') + style.timeText(start);
}
