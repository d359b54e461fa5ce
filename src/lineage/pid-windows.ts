import type { Ticks } from '../core/ticks.ts';
import type { Bearer } from './likely-bearers.ts';
import type { PidEvent, PidEvents } from './pid-events.ts';

/** A stretch of time in which all that a process id did matters; open where nothing bounds it. */
interface Window {
  readonly from: Ticks | undefined;
  readonly to: Ticks | undefined;
}

/**
 * Which events decide who some processes are and whose children: those with a process's id, as their own or the parent's,
 * between the last start with that id surely before it and the first surely after it.
 */
export class PidWindows {
  private readonly windows = new Map<number, Window[]>();
  private readonly claimed = new Set<number>();
  private readonly starts = new Map<number, readonly Ticks[]>();
  private readonly events: PidEvents;
  /** Moments of two events nearer than this may be of one moment. */
  private readonly margin: Ticks;

  constructor(events: PidEvents, margin: Ticks) {
    this.events = events;
    this.margin = margin;
  }

  /** The process ids that matter. */
  get pids(): ReadonlySet<number> {
    return new Set(this.windows.keys());
  }

  /** The starts that name a process id as the parent's from a moment on until it is taken again, or so much before. */
  children({ pid, at }: Bearer, before: Ticks): readonly PidEvent[] {
    const { to } = this.windowOf(pid, at);
    const window = { from: at - before, to: to === undefined ? undefined : to - this.margin };
    return this.events.naming(pid).filter(({ time }) => within(window, time));
  }

  /** What starts with a process id at a moment name as the parent's. */
  parentPids({ pid, at }: Bearer): readonly number[] {
    const window = { from: at - this.margin, to: at + this.margin };
    return this.events.of(pid).flatMap(({ time, parentPid }) => {
      return parentPid !== undefined && within(window, time) ? [parentPid] : [];
    });
  }

  /** Adds what matters for who bore a process id, which is loaded, at a moment; false where it is there already. */
  add({ pid, at }: Bearer): boolean {
    return this.addWindow(pid, this.windowOf(pid, at));
  }

  /** Adds all of a process id. */
  addAll(pid: number): void {
    this.addWindow(pid, { from: undefined, to: undefined });
  }

  /** Has the starts that name a process id as the parent's read whole, too; false where they are already. */
  addClaims(pid: number): boolean {
    if (this.claimed.has(pid)) return false;
    this.claimed.add(pid);
    return true;
  }

  /** What has to be read whole: starts and ends of the process ids that matter, and what claims one that was not seen. */
  whole(): readonly PidEvent[] {
    const pids = [...this.windows.keys()];
    const own = pids.flatMap((pid) => this.events.of(pid).filter((event) => this.isOwn(event)));
    return [...own, ...this.named(({ parentPid }) => this.isClaimed(parentPid))];
  }

  /** Other starts that name one of the process ids as the parent's. */
  naming(): readonly PidEvent[] {
    return this.named(({ parentPid }) => !this.isClaimed(parentPid));
  }

  private named(wanted: (event: PidEvent) => boolean): readonly PidEvent[] {
    return [...this.windows.keys()].flatMap((pid) =>
      this.events
        .naming(pid)
        .filter((event) => wanted(event) && this.inWindow(pid, event.time) && !this.isOwn(event)),
    );
  }

  private isClaimed(pid: number | undefined): boolean {
    return pid !== undefined && this.claimed.has(pid);
  }

  private isOwn({ pid, time }: PidEvent): boolean {
    return pid !== undefined && this.inWindow(pid, time);
  }

  private inWindow(pid: number, time: Ticks): boolean {
    return this.windows.get(pid)?.some((window) => within(window, time)) === true;
  }

  private addWindow(pid: number, window: Window): boolean {
    const known = this.windows.get(pid) ?? [];
    if (known.some((each) => covers(each, window))) return false;
    this.windows.set(pid, [...known.filter((each) => !covers(window, each)), window]);
    return true;
  }

  private windowOf(pid: number, at: Ticks): Window {
    const starts = this.startsOf(pid);
    const before = starts.findLast((time) => time < at - this.margin);
    const after = starts.find((time) => time > at + this.margin);
    return {
      from: before === undefined ? undefined : before - this.margin,
      to: after === undefined ? undefined : after + this.margin,
    };
  }

  /** Rising. */
  private startsOf(pid: number): readonly Ticks[] {
    const known = this.starts.get(pid);
    if (known !== undefined) return known;
    const starts = this.events.of(pid).flatMap(({ kind, time }) => (kind === 'start' ? [time] : []));
    starts.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
    if (this.events.pids.has(pid)) this.starts.set(pid, starts);
    return starts;
  }
}

function within({ from, to }: Window, time: Ticks): boolean {
  return (from === undefined || time >= from) && (to === undefined || time <= to);
}

function covers(large: Window, small: Window): boolean {
  return (
    (large.from === undefined || (small.from !== undefined && large.from <= small.from)) &&
    (large.to === undefined || (small.to !== undefined && large.to >= small.to))
  );
}
