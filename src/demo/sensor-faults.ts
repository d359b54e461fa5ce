import type { CaseTime } from './case-time.ts';
import type { SysmonEvent, SysmonEventId } from './sysmon-events.ts';

export interface CaseWindow {
  readonly from: CaseTime;
  readonly to: CaseTime;
}

/** What goes wrong with a host's Sysmon log. */
export interface SensorFaults {
  /** The driver's queue overflows: events of the kinds are not logged, and a 255 at the end says how many. */
  readonly drops?: CaseWindow & { readonly kinds: Readonly<Partial<Record<SysmonEventId, string>>> };
  /** Events get their record ids and never arrive. */
  readonly gap?: CaseWindow;
  /** Events arrive later than the others, in a file of their own. */
  readonly late?: CaseWindow & { readonly arrival: CaseTime };
}

/** A record that came late. */
export interface LateRecord {
  readonly recordId: number;
  readonly eventId: number;
  readonly time: CaseTime;
}

/** What the faults did. */
export interface FaultLedger {
  readonly dropped: Map<string, number>;
  readonly missing: { first: number; last: number; count: number } | undefined;
  readonly late: readonly LateRecord[];
}

const within = (time: CaseTime, window: CaseWindow | undefined): boolean =>
  window !== undefined && time >= window.from && time < window.to;

/** Decides of each Sysmon event of one host what becomes of it, and keeps the ledger. */
export class SensorFaultState implements FaultLedger {
  readonly dropped = new Map<string, number>();
  readonly late: LateRecord[] = [];
  missing: { first: number; last: number; count: number } | undefined;
  private readonly faults: SensorFaults;

  constructor(faults: SensorFaults) {
    this.faults = faults;
  }

  /** True where the driver drops the event, before it gets a record id. */
  drops(event: SysmonEvent, time: CaseTime): boolean {
    const { drops } = this.faults;
    const name = drops?.kinds[event.id];
    if (name === undefined || !within(time, drops)) return false;
    this.dropped.set(name, (this.dropped.get(name) ?? 0) + 1);
    return true;
  }

  /** Where a record goes that has its id. */
  route(event: SysmonEvent, recordId: number, time: CaseTime): 'on-time' | 'late' | 'lost' {
    if (within(time, this.faults.gap)) {
      this.missing ??= { first: recordId, last: recordId, count: 0 };
      this.missing.last = recordId;
      this.missing.count += 1;
      return 'lost';
    }
    if (!within(time, this.faults.late)) return 'on-time';
    this.late.push({ recordId, eventId: event.id, time });
    return 'late';
  }
}
