import type { Ticks } from '../core/ticks.ts';
import { type Flag, flagProcess } from '../lineage/flags/flag-process.ts';
import type { HostScope } from '../lineage/host-scope.ts';
import type { NaiveMethod } from '../lineage/naive-lineage.ts';
import type { Lineage } from '../lineage/process.ts';
import type { Family } from '../lineage/select-family.ts';

/** A tree that is ready to be written in any form. */
export interface TreeView {
  readonly family: Family;
  readonly scope: HostScope;
  /** What the host was called by, where that was its short name. */
  readonly calledBy: string | undefined;
  readonly asOf: Ticks | undefined;
  readonly naive: NaiveView | undefined;
  readonly facts: ProcessFacts | undefined;
  /** Lines on what was collected. Not yet escaped. */
  readonly coverage: readonly string[];
  readonly timezone: string;
}

/** The tree of a simple join beside the right one. */
export interface NaiveView {
  readonly method: NaiveMethod;
  readonly lineage: Lineage;
  readonly family: Family;
}

/** Whether a process did nothing of a class of events: `no`, `not-collected` or `not-certain`, and why. */
export interface CoverageRecord {
  readonly answer: string;
  readonly reason: string;
}

/** What is known of what processes did. */
export interface ProcessFacts {
  /** Events by class; a class without events is left out. */
  counts(index: number): Readonly<Record<string, number>>;
  /** By class that has no events: whether that is certain, and why not. */
  coverage(index: number): Readonly<Record<string, CoverageRecord>>;

  /** Lines to draw below a process. Not yet escaped. */
  notes(index: number): readonly string[];
}

export function flagsOf({ family }: TreeView, index: number): readonly Flag[] {
  return flagProcess(family.lineage, index);
}
