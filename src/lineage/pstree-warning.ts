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
 * What a tree of labels cannot show. Plain data: the caller decides how to say it (`describePstreeWarning` is one way).
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

export type PstreeWarningKind = PstreeWarning['kind'];

/** How many names an `examples` list holds at most. */
export const EXAMPLES = 20;

const shown = 5;

function names(labels: readonly string[]): string {
  const first = labels.slice(0, shown).map((label) => {
    const short = label.length > 80 ? `${label.slice(0, 79)}…` : label;
    return `"${short}"`;
  });
  const rest = labels.length - first.length;
  return rest > 0 ? `${first.join(', ')} and ${rest} more` : first.join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

type Describe = { [Kind in PstreeWarningKind]: (warning: Extract<PstreeWarning, { kind: Kind }>) => string };

const describe: Describe = {
  'field-missing': ({ field, rows }) =>
    field === 'detail'
      ? `none of the ${count(rows, 'row')} has the detail field`
      : `none of the ${count(rows, 'row')} has the ${field} field, so there are no trees`,
  'empty-label': ({ field, rows, examples }) =>
    `${count(rows, 'row')} without a ${field} hang together through the empty label: ${names(examples)}`,
  multivalue: ({ field, rows, examples }) =>
    `${count(rows, 'row')} with several values of the ${field} field; ${
      field === 'detail' ? 'they are joined by blanks' : 'only the first value is used'
    }: ${names(examples)}`,
  'self-parent': ({ labels }) =>
    `${count(labels.length, 'label')} that are their own parent: ${names(labels)}`,
  'no-root': ({ components }) => {
    const total = components.reduce((sum, component) => sum + component.labels.length, 0);
    const cycles = components.slice(0, shown).map((component) => {
      const [first = ''] = component.cycle;
      const loop =
        component.cycle.length > shown ? component.cycle.slice(0, shown) : [...component.cycle, first];
      return `${names(component.labels)} (loop: ${loop.join(' > ')}${loop.length < component.cycle.length ? ' > …' : ''})`;
    });
    const rest = components.length - cycles.length;
    return `${count(total, 'label')} in no tree, since a loop leaves them without a root (often a reused process id): ${cycles.join('; ')}${
      rest > 0 ? `; and ${count(rest, 'component')} more` : ''
    }`;
  },
  'repeated-edge': ({ edges }) =>
    `${count(edges.length, 'parent and child pair')} given by several rows and shown once with the last row's detail ` +
    `(a reused process id looks like this): ${names(edges.map((edge) => `${edge.parent} > ${edge.child}`))}`,
  'several-parents': ({ labels }) =>
    `${count(labels.length, 'label')} with more than one parent; their children are shown together ` +
    `(a reused process id looks like this): ${names(labels.map((each) => each.label))}`,
  'hosts-merged': ({ labels }) =>
    `${count(labels.length, 'label')} of more than one host are merged; by=host keeps them apart: ` +
    names(labels.map((each) => `${each.label} of ${each.hosts.slice(0, shown).join(', ')}`)),
  'cycle-cut': ({ edges }) =>
    `${count(edges.length, 'loop')} ended where a label came again on its own path: ${names(
      edges.map((edge) => `${edge.parent} > ${edge.child}`),
    )}`,
  'edge-limit': ({ limit, rows }) =>
    `more than ${limit} different edges: ${count(rows, 'row')} were not used`,
  'output-limit': ({ limit, lines, root }) =>
    `the trees were cut after ${count(lines, 'line')} (limit of ${limit}) in the tree of ${names([root])}`,
};

/** A sentence for a person, of bounded length. Labels are as recorded: escape them where they are shown. */
export function describePstreeWarning(warning: PstreeWarning): string {
  return (describe[warning.kind] as (each: PstreeWarning) => string)(warning);
}
