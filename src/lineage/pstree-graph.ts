import { Int32List } from './int32-list.ts';
import { EXAMPLES, type PstreeWarning, type UnrootedComponent } from './pstree-warning.ts';

/** A field of a row: null where the row has no such field, a list where it has several values. */
export type PstreeValue = string | readonly string[] | null;

/** One row: an edge from a parent's label to a child's. */
export interface PstreeEdge {
  readonly parent: PstreeValue;
  readonly child: PstreeValue;
  /** A text about the child. Leave it out where the command has no `detail` argument. */
  readonly detail?: PstreeValue;
  /** Where known: lets the merging of two hosts be noticed. */
  readonly host?: string | null;
}

/** The most distinct edges of one graph: V8's maps hold 2^24 keys, and an edge may bring two labels. */
const EDGE_LIMIT = 8_000_000;
const NONE = -1;
/** Labels are numbered below 2^26, so that a pair of them is an exact number. */
const PAIR = 2 ** 26;

interface FieldNotes {
  present: number;
  empty: number;
  emptyExamples: string[];
  multivalue: number;
  multivalueExamples: string[];
}

function fieldNotes(): FieldNotes {
  return { present: 0, empty: 0, emptyExamples: [], multivalue: 0, multivalueExamples: [] };
}

function readValue(value: PstreeValue, notes: FieldNotes, join: boolean): string {
  if (value === null) return '';
  notes.present += 1;
  if (typeof value === 'string') return value;
  if (value.length < 2) return value[0] ?? '';
  notes.multivalue += 1;
  for (const unused of value.slice(join ? 0 : 1)) {
    if (notes.multivalueExamples.length >= EXAMPLES) break;
    notes.multivalueExamples.push(unused);
  }
  return join ? value.join(' ') : (value[0] ?? '');
}

function noteEmpty(label: string, other: string, notes: FieldNotes): void {
  if (label !== '') return;
  notes.empty += 1;
  if (notes.emptyExamples.length < EXAMPLES) notes.emptyExamples.push(other);
}

/**
 * The graph of one forest, built row by row: labels and edges are numbered in order of first appearance, and the edges
 * of a parent form a list in that order. Every operation is constant or linear.
 */
export class PstreeGraph {
  readonly labels: string[] = [];
  /** Detail of each edge: that of the last row that gave it. */
  readonly details: string[] = [];
  readonly edgeParent = new Int32List();
  readonly edgeChild = new Int32List();
  /** The first edge of each label as a parent, and after each edge the next of the same parent; -1 ends the list. */
  readonly firstEdge = new Int32List();
  readonly nextEdge = new Int32List();
  /** Labels in order of first appearance as a parent. */
  readonly parents: number[] = [];
  /** The first edge that led to each label, or -1. */
  private readonly firstParentEdge = new Int32List();
  private readonly lastEdge = new Int32List();
  private readonly edgeRows = new Int32List();
  private readonly differing = new Set<number>();
  private readonly labelIds = new Map<string, number>();
  /** Edges beyond the first to the same child, by their pair of labels. In a log most children have one parent. */
  private readonly furtherEdges = new Map<number, number>();
  private readonly severalParents = new Map<number, number[]>();
  private readonly labelHost: (string | undefined)[] = [];
  private readonly severalHosts = new Map<number, Set<string>>();
  private readonly parentNotes = fieldNotes();
  private readonly childNotes = fieldNotes();
  private readonly detailNotes = fieldNotes();
  private rows = 0;
  private detailRows = 0;
  private overLimit = 0;
  private readonly edgeLimit: number;

  constructor(edgeLimit = EDGE_LIMIT) {
    this.edgeLimit = edgeLimit;
  }

  add(edge: PstreeEdge): void {
    this.rows += 1;
    const parentLabel = readValue(edge.parent, this.parentNotes, false);
    const childLabel = readValue(edge.child, this.childNotes, false);
    if (edge.detail !== undefined) this.detailRows += 1;
    const detail = edge.detail === undefined ? '' : readValue(edge.detail, this.detailNotes, true);
    noteEmpty(parentLabel, childLabel, this.parentNotes);
    noteEmpty(childLabel, parentLabel, this.childNotes);
    if (this.details.length >= this.edgeLimit && !this.knows(parentLabel, childLabel)) {
      this.overLimit += 1;
      return;
    }
    const parent = this.labelId(parentLabel);
    const child = this.labelId(childLabel);
    if (typeof edge.host === 'string') {
      this.noteHost(parent, edge.host);
      this.noteHost(child, edge.host);
    }
    this.addEdge(parent, child, detail);
  }

  /** True where no row had a parent, or none a child: then there are no trees. */
  get lacksField(): boolean {
    return this.parentNotes.present === 0 || this.childNotes.present === 0;
  }

  /** Labels that are a parent and never a child, in order of first appearance as a parent. */
  roots(): number[] {
    if (this.lacksField) return [];
    return this.parents.filter((label) => this.firstParentEdge.at(label) === NONE);
  }

  /** What is known before any tree is drawn. */
  warnings(): PstreeWarning[] {
    if (this.rows === 0) return [];
    const warnings: PstreeWarning[] = [];
    const { rows } = this;
    const sides = [
      ['parent', this.parentNotes],
      ['child', this.childNotes],
    ] as const;
    for (const [field, notes] of sides) {
      if (notes.present === 0) warnings.push({ kind: 'field-missing', field, rows });
      else if (notes.empty > 0)
        warnings.push({ kind: 'empty-label', field, rows: notes.empty, examples: notes.emptyExamples });
    }
    if (this.detailRows > 0 && this.detailNotes.present === 0)
      warnings.push({ kind: 'field-missing', field: 'detail', rows });
    for (const [field, notes] of [...sides, ['detail', this.detailNotes] as const])
      if (notes.multivalue > 0)
        warnings.push({
          kind: 'multivalue',
          field,
          rows: notes.multivalue,
          examples: notes.multivalueExamples,
        });
    if (this.overLimit > 0)
      warnings.push({ kind: 'edge-limit', limit: this.edgeLimit, rows: this.overLimit });
    return this.lacksField ? warnings : [...warnings, ...this.shapeWarnings()];
  }

  private shapeWarnings(): PstreeWarning[] {
    const warnings: PstreeWarning[] = [];
    const self: string[] = [];
    const repeated: { parent: string; child: string; rows: number; detailsDiffer: boolean }[] = [];
    for (let edge = 0; edge < this.details.length; edge++) {
      const parent = this.labelOf(this.edgeParent.at(edge));
      if (this.edgeParent.at(edge) === this.edgeChild.at(edge)) self.push(parent);
      const rows = this.edgeRows.at(edge);
      if (rows > 1)
        repeated.push({
          parent,
          child: this.labelOf(this.edgeChild.at(edge)),
          rows,
          detailsDiffer: this.differing.has(edge),
        });
    }
    if (self.length > 0) warnings.push({ kind: 'self-parent', labels: self });
    const components = this.unrooted();
    if (components.length > 0) warnings.push({ kind: 'no-root', components });
    if (repeated.length > 0) warnings.push({ kind: 'repeated-edge', edges: repeated });
    if (this.severalParents.size > 0)
      warnings.push({
        kind: 'several-parents',
        labels: [...this.severalParents].map(([label, parents]) => ({
          label: this.labelOf(label),
          parents: parents.map((parent) => this.labelOf(parent)),
        })),
      });
    if (this.severalHosts.size > 0)
      warnings.push({
        kind: 'hosts-merged',
        labels: [...this.severalHosts].map(([label, hosts]) => ({
          label: this.labelOf(label),
          hosts: [...hosts],
        })),
      });
    return warnings;
  }

  labelOf(label: number | undefined): string {
    return label === undefined ? '' : (this.labels[label] ?? '');
  }

  private knows(parentLabel: string, childLabel: string): boolean {
    const parent = this.labelIds.get(parentLabel);
    const child = this.labelIds.get(childLabel);
    return parent !== undefined && child !== undefined && this.edgeBetween(parent, child) !== undefined;
  }

  private labelId(label: string): number {
    const known = this.labelIds.get(label);
    if (known !== undefined) return known;
    const id = this.labels.push(label) - 1;
    this.labelIds.set(label, id);
    this.firstEdge.push(NONE);
    this.lastEdge.push(NONE);
    this.firstParentEdge.push(NONE);
    return id;
  }

  private edgeBetween(parent: number, child: number): number | undefined {
    const first = this.firstParentEdge.at(child);
    if (first === NONE) return undefined;
    return this.edgeParent.at(first) === parent ? first : this.furtherEdges.get(parent * PAIR + child);
  }

  private addEdge(parent: number, child: number, detail: string): void {
    const known = this.edgeBetween(parent, child);
    if (known !== undefined) {
      if (this.details[known] !== detail) this.differing.add(known);
      this.details[known] = detail;
      this.edgeRows.set(known, this.edgeRows.at(known) + 1);
      return;
    }
    const edge = this.details.push(detail) - 1;
    this.edgeParent.push(parent);
    this.edgeChild.push(child);
    this.edgeRows.push(1);
    this.nextEdge.push(NONE);
    const last = this.lastEdge.at(parent);
    if (last === NONE) {
      this.firstEdge.set(parent, edge);
      this.parents.push(parent);
    } else this.nextEdge.set(last, edge);
    this.lastEdge.set(parent, edge);
    this.noteParent(parent, child, edge);
  }

  private noteParent(parent: number, child: number, edge: number): void {
    const first = this.firstParentEdge.at(child);
    if (first === NONE) {
      this.firstParentEdge.set(child, edge);
      return;
    }
    const firstParent = this.edgeParent.at(first);
    if (firstParent === child) {
      // The way up from a label that is its own parent is its other parent.
      this.firstParentEdge.set(child, edge);
      this.furtherEdges.set(child * PAIR + child, first);
      return;
    }
    this.furtherEdges.set(parent * PAIR + child, edge);
    if (parent === child) return;
    const parents = this.severalParents.get(child);
    if (parents) parents.push(parent);
    else this.severalParents.set(child, [firstParent, parent]);
  }

  private noteHost(label: number, host: string): void {
    const first = this.labelHost[label];
    if (first === undefined) this.labelHost[label] = host;
    else if (first !== host) {
      const hosts = this.severalHosts.get(label);
      if (hosts) hosts.add(host);
      else this.severalHosts.set(label, new Set([first, host]));
    }
  }

  /** Labels that no root reaches, grouped by the edges among them. */
  private unrooted(): UnrootedComponent[] {
    const total = this.labels.length;
    const reached = new Uint8Array(total);
    const pending = this.roots();
    let left = total - pending.length;
    for (const root of pending) reached[root] = 1;
    for (let label = pending.pop(); label !== undefined; label = pending.pop()) {
      for (let edge = this.firstEdge.at(label); edge !== NONE; edge = this.nextEdge.at(edge)) {
        const child = this.edgeChild.at(edge);
        if (reached[child] === 1) continue;
        reached[child] = 1;
        left -= 1;
        pending.push(child);
      }
    }
    if (left === 0) return [];
    const leader = this.joined(reached);
    const members = new Map<number, number[]>();
    for (let label = 0; label < total; label++) {
      if (reached[label] === 1) continue;
      const top = leader(label);
      const group = members.get(top);
      if (group) group.push(label);
      else members.set(top, [label]);
    }
    const walked = new Uint8Array(total);
    return [...members.values()].map((group) => ({
      labels: group.map((label) => this.labelOf(label)),
      cycle: this.loopAbove(group[0] ?? 0, walked),
    }));
  }

  /** Union-find with path halving over the edges between labels that were not reached. */
  private joined(reached: Uint8Array): (label: number) => number {
    const above = Int32Array.from(this.labels, (_, label) => label);
    const leader = (label: number): number => {
      let at = label;
      for (let up = above[at] ?? at; up !== at; up = above[at] ?? at) {
        above[at] = above[up] ?? up;
        at = above[at] ?? at;
      }
      return at;
    };
    for (let edge = 0; edge < this.details.length; edge++) {
      const parent = this.edgeParent.at(edge);
      const child = this.edgeChild.at(edge);
      if (reached[parent] === 1 || reached[child] === 1) continue;
      const one = leader(parent);
      const other = leader(child);
      above[Math.max(one, other)] = Math.min(one, other);
    }
    return leader;
  }

  /** Climbs from a label that no root reaches until a label comes again: the loop, parents before children. */
  private loopAbove(start: number, walked: Uint8Array): string[] {
    const path: number[] = [];
    let at = start;
    while (walked[at] === 0) {
      walked[at] = 1;
      path.push(at);
      at = this.edgeParent.at(this.firstParentEdge.at(at));
    }
    return path
      .slice(path.indexOf(at))
      .reverse()
      .map((label) => this.labelOf(label));
  }
}
