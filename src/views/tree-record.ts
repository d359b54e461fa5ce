import { formatTicks, type Ticks } from '../core/ticks.ts';
import { describeReason } from '../lineage/describe-reason.ts';
import { naiveVerdict } from '../lineage/naive-lineage.ts';
import type { EventReference, Lineage, Process, Reason } from '../lineage/process.ts';
import { type LeftOut, leftOut } from '../lineage/select-family.ts';
import { walkTree } from '../lineage/walk-tree.ts';
import { type CoverageRecord, flagsOf, type TreeView } from './tree-view.ts';

interface ReasonRecord {
  readonly code: string;
  readonly text: string;
}

interface CandidateRecord {
  readonly id: string;
  readonly for: readonly ReasonRecord[];
  readonly against: readonly ReasonRecord[];
}

/** A process as `--format json` writes it. Times are ISO 8601 in UTC; null is what no event says. */
export interface TreeRecord {
  readonly id: string;
  readonly host: string;
  readonly guid: string | null;
  /** Those by which other sensors beside name the process, where there are any. */
  readonly otherGuids?: readonly string[];
  readonly pid: number | null;
  readonly image: string | null;
  readonly commandLine: string | null;
  readonly user: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly seenBy: readonly EventRecord[];
  readonly parent: {
    readonly id: string | null;
    readonly grade: string;
    readonly reasons: readonly ReasonRecord[];
    readonly candidates: readonly CandidateRecord[];
  };
  readonly depth: number;
  readonly flags: readonly { readonly code: string; readonly reason: string }[];
  /** Events by class; null without `--evidence`. */
  readonly evidence: Readonly<Record<string, number>> | null;
  /** Classes without events, and whether it is certain that there were none; null without `--evidence`. */
  readonly coverage: Readonly<Record<string, CoverageRecord>> | null;
  /** `started`, `seen` (acting) or `claimed` (only children speak of it). */
  readonly basis: string;
  /** What told the start; null where it is unknown. */
  readonly startFrom: string | null;
  readonly earlierImages: readonly string[];
  readonly disagreements: readonly {
    readonly field: string;
    readonly values: readonly { readonly value: string; readonly event: EventRecord }[];
  }[];
  /** Whether it was asked for, rather than being a relative. */
  readonly matched: boolean;
  /** Children that are not among the objects, and all processes below them (null: only the family was read). */
  readonly leftOut: { readonly children: number; readonly processes: number | null } | null;
  /** With `--compare`: the parent in the naive tree. */
  readonly naive?: { readonly parent: string | null; readonly verdict: string };
}

interface EventRecord {
  readonly id: string;
  readonly product: string;
  readonly eventCode: string | null;
  readonly time: string;
  readonly arrival: string;
}

/** The processes of a view in the order of the tree. */
export function* treeRecords(view: TreeView): Generator<TreeRecord> {
  const { family, naive, facts } = view;
  const { lineage } = family;
  for (const item of walkTree(family)) {
    if (item.kind !== 'process') continue;
    const { index, depth } = item;
    yield {
      ...processRecord(lineage, index),
      depth,
      flags: flagsOf(view, index),
      evidence: facts?.counts(index) ?? null,
      coverage: facts?.coverage(index) ?? null,
      ...originRecord(lineage.process(index)),
      matched: family.matched.has(index),
      leftOut: leftOutRecord(leftOut(family, index)),
      ...(naive && {
        naive: {
          parent: idOf(lineage, naive.lineage.parent(index)),
          verdict: naiveVerdict(lineage, naive.lineage, index),
        },
      }),
    };
  }
}

function leftOutRecord(left: LeftOut | undefined): TreeRecord['leftOut'] {
  return left === undefined ? null : { children: left.children, processes: left.processes ?? null };
}

/** What the record has of the process and its parent. */
export function processRecord(lineage: Lineage, index: number) {
  const process = lineage.process(index);
  const edge = lineage.edge(index);
  return {
    id: process.id,
    host: process.host,
    guid: process.guid ?? null,
    ...(process.otherGuids.length > 0 && { otherGuids: process.otherGuids }),
    pid: process.pid ?? null,
    image: process.image ?? null,
    commandLine: process.commandLine ?? null,
    user: process.user ?? null,
    start: timeRecord(process.start),
    end: timeRecord(process.end),
    seenBy: process.seenBy.map(eventRecord),
    parent: {
      id: edge.parent === undefined ? null : idOf(lineage, edge.parent),
      grade: edge.grade,
      reasons: edge.reasons.map(reasonRecord),
      candidates: edge.candidates.map((candidate) => ({
        id: lineage.process(candidate.process).id,
        for: candidate.for.map(reasonRecord),
        against: candidate.against.map(reasonRecord),
      })),
    },
  };
}

function originRecord(process: Process) {
  return {
    basis: process.basis,
    startFrom: process.startFrom ?? null,
    earlierImages: process.earlierImages,
    disagreements: process.disagreements.map(({ field, values }) => ({
      field,
      values: values.map(({ value, event }) => ({ value, event: eventRecord(event) })),
    })),
  };
}

function eventRecord({ id, product, eventCode, time, arrival }: EventReference): EventRecord {
  return {
    id,
    product,
    eventCode: eventCode ?? null,
    time: formatTicks(time),
    arrival: formatTicks(arrival),
  };
}

function reasonRecord(reason: Reason): ReasonRecord {
  return { code: reason.code, text: describeReason(reason) };
}

export function timeRecord(moment: Ticks | undefined): string | null {
  return moment === undefined ? null : formatTicks(moment);
}

function idOf(lineage: Lineage, index: number): string | null {
  return index < 0 ? null : lineage.process(index).id;
}
