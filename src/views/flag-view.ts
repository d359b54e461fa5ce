import { type Flag, type FlagCode, flagProcess } from '../lineage/flags/flag-process.ts';
import type { Lineage } from '../lineage/process.ts';
import type { ReasonView } from './reason-view.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** How much each flag says by itself. Software that is in order has some of these, too: none of them is an alert. */
const severities: Readonly<Record<FlagCode, Severity>> = {
  'unusual-folder': 'low',
  'system-name-elsewhere': 'high',
  'unexpected-parent': 'medium',
  'document-starts-shell': 'high',
  'double-extension': 'high',
  'direction-override': 'high',
  'parent-spoofing-hint': 'medium',
};

/** As columns count it: 0 is no flag. */
export const severityRanks: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };

/** Something unusual about a process, with how much it says. */
export interface FlagView {
  readonly code: FlagCode;
  readonly severity: Severity;
  readonly reason: ReasonView;
}

/** How much the most telling of some flags says, as columns count it. */
export function highestSeverity(flags: readonly Flag[]): number {
  let highest = 0;
  for (const { code } of flags) highest = Math.max(highest, severityRanks[severities[code]]);
  return highest;
}

/** The flags of a process, the most telling first. */
export function flagViews(lineage: Lineage, index: number): FlagView[] {
  return flagProcess(lineage, index)
    .map(({ code, reason }) => ({ code, severity: severities[code], reason: { code, text: reason } }))
    .sort((one, other) => severityRanks[other.severity] - severityRanks[one.severity]);
}
