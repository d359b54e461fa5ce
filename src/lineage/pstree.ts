import { type PstreeEdge, PstreeGraph } from './pstree-graph.ts';
import {
  type PstreeBudget,
  type PstreeMethod,
  type WalkNotes,
  walkTree,
  walkWarnings,
} from './pstree-walk.ts';
import type { PstreeWarning } from './pstree-warning.ts';

export interface PstreeOptions {
  /** Column at which details begin: default 120, and 0 means the default; negative means always one blank. */
  readonly spaces?: number;
  /** Default `i`. */
  readonly method?: PstreeMethod;
  /** Most edges that all walks together may look at, default 50 million. */
  readonly maxSteps?: number;
  /** Most characters of all lines together, default 2^28. */
  readonly maxCharacters?: number;
  /** Most distinct edges of a forest, default 8 million. */
  readonly maxEdges?: number;
}

/** The values of the `by` fields; null where a row has none. */
export type ByValues = readonly (string | null)[];

/** A row of edges with the values of its `by` fields, where the command has any. */
export interface PstreeRow extends PstreeEdge {
  readonly by?: ByValues;
}

export interface PstreeTree {
  readonly root: string;
  /** One pass, made as it is read. A tree that is left before its end stays unfinished. */
  readonly lines: Iterable<string>;
}

/** The trees of one group of rows. */
export interface PstreeForest {
  readonly by: ByValues;
  /** One tree for each root. One pass: read each tree's lines before the next tree. */
  readonly trees: Iterable<PstreeTree>;
  /** What the trees do not show. Whole only after the trees were read. */
  warnings(): readonly PstreeWarning[];
}

export interface PstreeResult {
  readonly rows: readonly { readonly by: ByValues; readonly tree: readonly string[] }[];
  readonly warnings: readonly { readonly by: ByValues; readonly warning: PstreeWarning }[];
}

/** Takes rows in the order of their arrival, one by one, and then gives the forests. */
export class PstreeBuilder {
  private readonly groups = new Map<string, { readonly by: ByValues; readonly graph: PstreeGraph }>();
  private readonly options: PstreeOptions;

  constructor(options: PstreeOptions = {}) {
    this.options = options;
  }

  add(row: PstreeRow): void {
    const by = row.by ?? [];
    const key = by.length === 0 ? '' : JSON.stringify(by);
    let group = this.groups.get(key);
    if (!group) {
      group = { by, graph: new PstreeGraph(this.options.maxEdges) };
      this.groups.set(key, group);
    }
    group.graph.add(row);
  }

  /** One forest for each group of `by` values, in order of first appearance. All share one budget. */
  *forests(): Generator<PstreeForest, void, undefined> {
    const budget: PstreeBudget = {
      steps: this.options.maxSteps ?? 50_000_000,
      characters: this.options.maxCharacters ?? 2 ** 28,
    };
    for (const { by, graph } of this.groups.values()) yield forest(by, graph, this.options, budget);
  }
}

function forest(
  by: ByValues,
  graph: PstreeGraph,
  options: PstreeOptions,
  budget: PstreeBudget,
): PstreeForest {
  const notes: WalkNotes = { cut: new Map(), lines: 0, limit: undefined };
  const walk = { spaces: options.spaces || 120, method: options.method ?? 'i', budget };
  function* trees(): Generator<PstreeTree, void, undefined> {
    for (const root of graph.roots()) {
      if (notes.limit) return;
      yield { root: graph.labelOf(root), lines: walkTree(graph, root, walk, notes) };
    }
  }
  return { by, trees: trees(), warnings: () => [...graph.warnings(), ...walkWarnings(graph, notes)] };
}

/**
 * The `pstree` command of "PSTree for Splunk" 2.1.0 over rows in the order of their arrival: one list of lines for each
 * root, byte for byte as the original draws it, and a warning for everything that it loses in silence. Linear in rows
 * and lines, iterative. Use `PstreeBuilder` where rows or lines are too many to hold.
 */
export function pstree(rows: Iterable<PstreeRow>, options: PstreeOptions = {}): PstreeResult {
  const builder = new PstreeBuilder(options);
  for (const row of rows) builder.add(row);
  const result: { by: ByValues; tree: string[] }[] = [];
  const warnings: { by: ByValues; warning: PstreeWarning }[] = [];
  for (const { by, trees, warnings: told } of builder.forests()) {
    for (const { lines } of trees) {
      const tree = [...lines];
      if (tree.length > 0) result.push({ by, tree });
    }
    for (const warning of told()) warnings.push({ by, warning });
  }
  return { rows: result, warnings };
}
