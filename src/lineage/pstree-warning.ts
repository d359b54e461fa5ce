/** One edge as its row gave it, with how many rows gave it. */
export interface NamedEdge {
  readonly parent: string;
  readonly child: string;
  readonly rows: number;
}

/** Labels that no root reaches, joined by edges among themselves. */
export interface UnrootedComponent {
  /** Every label of the component, in order of first appearance. */
  readonly labels: readonly string[];
  /** One loop that keeps the component from having a root: each label is a parent of the next, the last of the first. */
  readonly cycle: readonly string[];
}

/**
 * What a tree of labels cannot show. Plain data: the caller decides how to say it (`describePstreeLoss` is one way).
 * Lists are whole, in order of first appearance, unless a field is called `examples` (then at most `EXAMPLES`).
 */
export type PstreeWarning =
  /** No row has the field. Without parents or children there are no trees; without details there are only labels. */
  | { readonly kind: 'field-missing'; readonly field: 'parent' | 'child' | 'detail'; readonly rows: number }
  /** Rows whose parent or child is empty or absent: all of them hang together through the empty label. */
  | {
      readonly kind: 'empty-label';
      readonly field: 'parent' | 'child';
      readonly rows: number;
      /** The labels on the other side. */
      readonly examples: readonly string[];
    }
  /** Rows with several values: the first value of a label counts, the values of a detail are joined by blanks. */
  | {
      readonly kind: 'multivalue';
      readonly field: 'parent' | 'child' | 'detail';
      readonly rows: number;
      /** Values that were not used (for `detail`: values of the first such rows). */
      readonly examples: readonly string[];
    }
  /** Labels that are their own parent. */
  | { readonly kind: 'self-parent'; readonly labels: readonly string[] }
  /** Labels that appear in no tree, because every way up from them ends in a loop. */
  | { readonly kind: 'no-root'; readonly components: readonly UnrootedComponent[] }
  /** Edges given by several rows: shown once, with the last row's detail. */
  | {
      readonly kind: 'repeated-edge';
      readonly edges: readonly (NamedEdge & { readonly detailsDiffer: boolean })[];
    }
  /** Labels with more than one parent: one line where there may have been several processes, children joined. */
  | {
      readonly kind: 'several-parents';
      readonly labels: readonly { readonly label: string; readonly parents: readonly string[] }[];
    }
  /** Labels that rows of more than one host bear, so that their trees are merged. */
  | {
      readonly kind: 'hosts-merged';
      readonly labels: readonly { readonly label: string; readonly hosts: readonly string[] }[];
    }
  /** Method `r`: branches ended where a label was met again on its own path. `rows` counts the places. */
  | { readonly kind: 'cycle-cut'; readonly edges: readonly NamedEdge[] }
  /** More distinct edges than fit; `rows` rows were not used. */
  | { readonly kind: 'edge-limit'; readonly limit: number; readonly rows: number }
  /** The output was cut after `lines` lines. `root` is the root in whose tree it was cut. */
  | {
      readonly kind: 'output-limit';
      readonly limit: 'characters' | 'steps';
      readonly lines: number;
      readonly root: string;
    };

/** How many names an `examples` list holds at most. */
export const EXAMPLES = 20;
