import type { ParentEdge, Process, ProcessOutline } from './process.ts';

/** The outline of a process that is there whole. */
export function outlineOf(process: Process, { candidates, reasons }: ParentEdge): ProcessOutline {
  return {
    ...process,
    disagreements: process.disagreements.length,
    candidates: candidates.length,
    sensorsDisagree: reasons.some(({ code }) => code === 'sensors-disagree'),
  };
}
