import type { Ticks } from '../core/ticks.ts';

/** An event that speaks of a process: `id` is the event's `_id` in hexadecimal. */
export interface EventReference {
  readonly id: string;
  /** `sysmon`, `windows-security` …: the product that recorded it. */
  readonly product: string;
  readonly eventCode: string | undefined;
  readonly time: Ticks;
  readonly arrival: Ticks;
}

/** A field on which sensors disagree: what each said. The first is the one that is shown. */
export interface Disagreement {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly event: EventReference }[];
}

/**
 * A process of one host. Absent members were said by no event. A process that no event saw being created is either `seen`
 * (other events name it as acting) or `claimed` (only children or later events speak of it).
 */
export interface Process {
  /** `host|guid` where a sensor gave a usable GUID, else `host|pid|start ticks`; stable for the same events. */
  readonly id: string;
  readonly host: string;
  readonly pid: number | undefined;
  /** Lower case, without braces. Of several sensors' the one that has its boot in it. */
  readonly guid: string | undefined;
  /** Those by which other sensors beside name the same process. */
  readonly otherGuids: readonly string[];
  readonly start: Ticks | undefined;
  /** What told the start: a start event, the second in the GUID, or only that it was seen running since then. */
  readonly startFrom: 'start-event' | 'guid' | 'seen-since' | undefined;
  readonly end: Ticks | undefined;
  readonly image: string | undefined;
  /** Images before the last, oldest first, where a process took on another program (exec). */
  readonly earlierImages: readonly string[];
  readonly commandLine: string | undefined;
  readonly user: string | undefined;
  readonly logonId: string | undefined;
  readonly integrityLevel: string | undefined;
  readonly basis: 'started' | 'seen' | 'claimed';
  readonly seenBy: readonly EventReference[];
  readonly disagreements: readonly Disagreement[];
}

/** What rows of a tree show of a process, without its events: made with a fraction of the work. */
export interface ProcessOutline
  extends Pick<
    Process,
    | 'pid'
    | 'guid'
    | 'otherGuids'
    | 'start'
    | 'startFrom'
    | 'end'
    | 'image'
    | 'earlierImages'
    | 'commandLine'
    | 'user'
    | 'basis'
  > {
  /** Fields on which sensors disagree. */
  readonly disagreements: number;
  /** Candidates of the edge to its parent. */
  readonly candidates: number;
  /** Whether a reason of that edge is that sensors disagree. */
  readonly sensorsDisagree: boolean;
}

/** How sure a parent is; the reference for each is the lineage document. */
export type Grade = 'exact' | 'probable' | 'ambiguous' | 'claimed' | 'none';

/** Why an edge has its grade, or what speaks for or against a candidate. A new reason fails to compile until worded. */
export type ReasonCode =
  | 'guid-named'
  | 'guid-unusable'
  | 'only-candidate'
  | 'several-candidates'
  | 'image-agrees'
  | 'image-differs'
  | 'command-line-agrees'
  | 'command-line-differs'
  | 'alive-at-start'
  | 'ended-before'
  | 'end-unknown'
  | 'started-after'
  | 'same-boot'
  | 'other-boot'
  | 'sequence-agrees'
  | 'sequence-contradicts'
  | 'logon-agrees'
  | 'logon-differs'
  | 'siblings-agree'
  | 'siblings-differ'
  | 'sensors-agree'
  | 'sensors-disagree'
  | 'process-id-reused'
  | 'loss-at-that-time'
  | 'not-seen-created'
  | 'before-the-log'
  | 'in-a-gap'
  | 'not-collected'
  | 'self-parent'
  | 'loop-cut'
  | 'says-nothing-of-parent';

export interface Reason {
  readonly code: ReasonCode;
  /** Values that the wording names, e.g. the image that was claimed and the one that was found. */
  readonly detail?: string;
}

export interface Candidate {
  /** Index of the process in its lineage. */
  readonly process: number;
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
}

export interface ParentEdge {
  readonly grade: Grade;
  /** Index of the parent in the lineage; undefined for grade none. For `ambiguous` the first candidate, the likeliest. */
  readonly parent: number | undefined;
  readonly reasons: readonly Reason[];
  /** All that could be the parent, likeliest first; empty where there was no choice. */
  readonly candidates: readonly Candidate[];
}

/**
 * The processes of one host and their parents, as they were known at a moment. Processes are numbered from 0 in the order
 * of their start (unknown starts by first sight), claimed ones included. Built once; parts are made when asked for, so that
 * a million processes fit in memory.
 */
export interface Lineage {
  readonly host: string;
  readonly size: number;
  process(index: number): Process;
  outline(index: number): ProcessOutline;
  edge(index: number): ParentEdge;
  grade(index: number): Grade;
  /** -1 where there is none. */
  parent(index: number): number;
  /** In order of start. */
  children(index: number): readonly number[];
  /** Processes without a parent, in order. */
  readonly roots: readonly number[];
  /** The index of the process with an id. */
  find(id: string): number | undefined;
}
