import { formatTicks } from '../core/ticks.ts';
import type { ScopeSummary } from '../store/store.ts';
import { countOf } from '../views/quantity-text.ts';

/** What a search went over: `scanned 458,856 events of 63 hosts, … to …; 12 faults at ingest`. */
export function scannedText(scope: ScopeSummary): string {
  const faults = scope.faults === 0 ? 'no faults at ingest' : `${countOf(scope.faults, 'fault')} at ingest`;
  if (scope.first === null || scope.last === null) return `scanned 0 events; ${faults}`;
  const span = `${formatTicks(scope.first, 3)} to ${formatTicks(scope.last, 3)}`;
  return `scanned ${countOf(scope.events, 'event')} of ${countOf(scope.hosts, 'host')}, ${span}; ${faults}`;
}
