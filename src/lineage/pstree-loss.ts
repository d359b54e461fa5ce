import type { PstreeWarning } from './pstree-warning.ts';

/** The first of some labels, shortened, and how many more there are. Labels are as recorded: escape them where shown. */
export interface SomeLabels {
  readonly first: readonly string[];
  readonly more: number;
}

type Of<Kind extends PstreeWarning['kind']> = Extract<PstreeWarning, { kind: Kind }>;

/** A warning of `pstree` of bounded size, for wording it. `count` counts what `labels` are the first of. */
export type PstreeLoss =
  | Of<'field-missing'>
  | {
      readonly kind: 'empty-label';
      readonly field: 'parent' | 'child';
      readonly rows: number;
      readonly labels: SomeLabels;
    }
  | {
      readonly kind: 'multivalue';
      readonly field: 'parent' | 'child' | 'detail';
      readonly rows: number;
      readonly labels: SomeLabels;
    }
  | {
      readonly kind: 'self-parent' | 'repeated-edge' | 'several-parents' | 'hosts-merged' | 'cycle-cut';
      readonly count: number;
      readonly labels: SomeLabels;
    }
  | {
      readonly kind: 'no-root';
      readonly count: number;
      /** `loop`: labels of one loop, each a parent of the next. */
      readonly components: readonly { readonly labels: SomeLabels; readonly loop: string }[];
      readonly more: number;
    }
  | Of<'edge-limit'>
  | {
      readonly kind: 'output-limit';
      readonly limit: 'characters' | 'steps';
      readonly lines: number;
      readonly root: string;
    };

const shown = 5;

function short(label: string): string {
  return label.length > 80 ? `${label.slice(0, 79)}…` : label;
}

function some(labels: readonly string[]): SomeLabels {
  const first = labels.slice(0, shown).map(short);
  return { first, more: labels.length - first.length };
}

/** What is to be said of a warning, of bounded size. */
export function pstreeLoss(warning: PstreeWarning): PstreeLoss {
  const { kind } = warning;
  switch (kind) {
    case 'field-missing':
    case 'edge-limit':
      return warning;
    case 'output-limit':
      return { ...warning, root: short(warning.root) };
    case 'empty-label':
      return { kind, field: warning.field, rows: warning.rows, labels: some(warning.examples) };
    case 'multivalue':
      return { kind, field: warning.field, rows: warning.rows, labels: some(warning.examples) };
    case 'self-parent':
      return { kind, count: warning.labels.length, labels: some(warning.labels) };
    case 'repeated-edge':
    case 'cycle-cut': {
      const edges = warning.edges.map((edge) => `${edge.parent} > ${edge.child}`);
      return { kind, count: edges.length, labels: some(edges) };
    }
    case 'several-parents':
      return { kind, count: warning.labels.length, labels: some(warning.labels.map(({ label }) => label)) };
    case 'hosts-merged': {
      const labels = warning.labels.map(
        ({ label, hosts }) => `${label} (${hosts.slice(0, shown).join(', ')})`,
      );
      return { kind, count: labels.length, labels: some(labels) };
    }
    case 'no-root': {
      const { components } = warning;
      return {
        kind,
        count: components.reduce((sum, component) => sum + component.labels.length, 0),
        components: components
          .slice(0, shown)
          .map(({ labels, cycle }) => ({ labels: some(labels), loop: loopText(cycle) })),
        more: Math.max(0, components.length - shown),
      };
    }
  }
}

function loopText(cycle: readonly string[]): string {
  const loop = cycle.length > shown ? cycle.slice(0, shown) : [...cycle, ...cycle.slice(0, 1)];
  return `${loop.map(short).join(' > ')}${cycle.length > shown ? ' > …' : ''}`;
}

function names({ first, more }: SomeLabels): string {
  const quoted = first.map((label) => `"${label}"`).join(', ');
  return more > 0 ? `${quoted} and ${more} more` : quoted;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A sentence for a person, of bounded length. */
export function describePstreeLoss(loss: PstreeLoss): string {
  switch (loss.kind) {
    case 'field-missing':
      return loss.field === 'detail'
        ? `none of the ${count(loss.rows, 'row')} has the detail field`
        : `none of the ${count(loss.rows, 'row')} has the ${loss.field} field, so there are no trees`;
    case 'empty-label':
      return `${count(loss.rows, 'row')} without a ${loss.field} hang together through the empty label: ${names(loss.labels)}`;
    case 'multivalue':
      return `${count(loss.rows, 'row')} with several values of the ${loss.field} field; ${
        loss.field === 'detail' ? 'they are joined by blanks' : 'only the first value is used'
      }: ${names(loss.labels)}`;
    case 'self-parent':
      return `${count(loss.count, 'label')} that are their own parent: ${names(loss.labels)}`;
    case 'no-root': {
      const each = loss.components.map(({ labels, loop }) => `${names(labels)} (loop: ${loop})`);
      const rest = loss.more > 0 ? `; and ${count(loss.more, 'component')} more` : '';
      return `${count(loss.count, 'label')} in no tree, since a loop leaves them without a root (often a reused process id): ${each.join('; ')}${rest}`;
    }
    case 'repeated-edge':
      return `${count(loss.count, 'parent and child pair')} given by several rows and shown once with the last row's detail (a reused process id looks like this): ${names(loss.labels)}`;
    case 'several-parents':
      return `${count(loss.count, 'label')} with more than one parent; their children are shown together (a reused process id looks like this): ${names(loss.labels)}`;
    case 'hosts-merged':
      return `${count(loss.count, 'label')} of more than one host are merged; by=host keeps them apart: ${names(loss.labels)}`;
    case 'cycle-cut':
      return `${count(loss.count, 'loop')} ended where a label came again on its own path: ${names(loss.labels)}`;
    case 'edge-limit':
      return `more than ${loss.limit} different edges: ${count(loss.rows, 'row')} were not used`;
    case 'output-limit':
      return `the trees were cut after ${count(loss.lines, 'line')} (limit of ${loss.limit}) in the tree of ${names({ first: [loss.root], more: 0 })}`;
  }
}
