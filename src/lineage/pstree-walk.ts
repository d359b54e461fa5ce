import type { PstreeGraph } from './pstree-graph.ts';
import type { NamedEdge, PstreeWarning } from './pstree-warning.ts';

/** `i` shows a label once in a root's tree; `r` shows it under each of its parents. */
export type PstreeMethod = 'i' | 'r';

/** What all trees of one command may still cost together. Method `r`, and deep chains, can outgrow any memory. */
export interface PstreeBudget {
  /** Edges looked at. */
  steps: number;
  /** Characters (UTF-16 units) of all lines. */
  characters: number;
}

export interface WalkOptions {
  /** The column at which details begin; negative for always one blank. Not zero. */
  readonly spaces: number;
  readonly method: PstreeMethod;
  readonly budget: PstreeBudget;
}

/** What the walks of a graph found. */
export interface WalkNotes {
  /** Method `r`: how often each edge was not followed because its child was on the path already. */
  readonly cut: Map<number, number>;
  lines: number;
  limit: Extract<PstreeWarning, { kind: 'output-limit' }> | undefined;
}

const prefixes = Array.from({ length: 256 }, (_, depth) =>
  depth === 0 ? '' : `${'`` '.repeat(depth - 1)}|--- `,
);

function prefixOf(depth: number): string {
  return prefixes[depth] ?? `${'`` '.repeat(depth - 1)}|--- `;
}

function codePoints(text: string): number {
  let points = text.length;
  for (let at = 1; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800)
      points -= 1;
  }
  return points;
}

/**
 * The lines of one root's tree, depth first, children in order of first appearance. Iterative; stops (and says so in
 * `notes`) when the budget is used up.
 */
export function* walkTree(
  graph: PstreeGraph,
  root: number,
  options: WalkOptions,
  notes: WalkNotes,
): Generator<string, void, undefined> {
  const { spaces, method, budget } = options;
  const cut = (limit: 'characters' | 'steps'): void => {
    notes.limit ??= { kind: 'output-limit', limit, lines: notes.lines, root: graph.labelOf(root) };
  };
  /** Undefined where the line does not fit the budget any more. */
  const line = (depth: number, label: string, detail: string): string | undefined => {
    const width = Math.max(0, depth * 3 - 3) + (depth > 0 ? 5 : 0) + codePoints(label);
    const blanks = depth === 0 && method === 'i' ? 0 : Math.max(1, spaces - width);
    budget.characters -= width + blanks + detail.length;
    if (budget.characters < 0) return undefined;
    notes.lines += 1;
    return prefixOf(depth) + label + ' '.repeat(blanks) + detail;
  };
  const first = line(0, graph.labelOf(root), '');
  if (first === undefined) return cut('characters');
  yield first;
  // Method i: labels shown. Method r: labels on the path.
  const seen = new Set([root]);
  const path = [root];
  const cursors = [graph.firstEdge.at(root)];
  while (cursors.length > 0) {
    const edge = cursors[cursors.length - 1] ?? -1;
    if (edge === -1) {
      cursors.pop();
      const left = path.pop();
      if (method === 'r' && left !== undefined) seen.delete(left);
      continue;
    }
    budget.steps -= 1;
    if (budget.steps < 0) return cut('steps');
    cursors[cursors.length - 1] = graph.nextEdge.at(edge);
    const child = graph.edgeChild.at(edge);
    if (seen.has(child)) {
      if (method === 'r') notes.cut.set(edge, (notes.cut.get(edge) ?? 0) + 1);
      continue;
    }
    const text = line(cursors.length, graph.labelOf(child), graph.details[edge] ?? '');
    if (text === undefined) return cut('characters');
    yield text;
    const below = graph.firstEdge.at(child);
    if (method === 'r' && below === -1) continue;
    seen.add(child);
    if (below === -1) continue;
    path.push(child);
    cursors.push(below);
  }
}

/** The warnings that only the walks could find. */
export function walkWarnings(graph: PstreeGraph, notes: WalkNotes): PstreeWarning[] {
  const warnings: PstreeWarning[] = [];
  if (notes.cut.size > 0) {
    const edges: NamedEdge[] = [...notes.cut].map(([edge, rows]) => ({
      parent: graph.labelOf(graph.edgeParent.at(edge)),
      child: graph.labelOf(graph.edgeChild.at(edge)),
      rows,
    }));
    warnings.push({ kind: 'cycle-cut', edges });
  }
  if (notes.limit) warnings.push(notes.limit);
  return warnings;
}
