import type { Diagnostic } from '../core/diagnostic.ts';
import type { Ticks } from '../core/ticks.ts';
import { findCommand } from './commands/registry.ts';
import { isError } from './diagnostics.ts';
import { lowerEvents } from './lower-events.ts';
import type { Search, Stage } from './parse.ts';
import type { Plan, Source, Step } from './plan.ts';

/** What a search means against: its moment, the user's zone, and the time range chosen outside the text. */
export interface LowerOptions {
  /** When the search started. */
  readonly now: Ticks;
  /** IANA name. */
  readonly timezone: string;
  /** Range given beside the search, half-open; null is open. `earliest=` and `latest=` in the text override it. */
  readonly earliest?: Ticks | null;
  readonly latest?: Ticks | null;
}

export interface LoweredSearch {
  /** Only where there is no error. */
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lowers a search to its plan: commands become steps, time modifiers and index terms go into the source, and searches
 * right behind the source become part of its test.
 */
export function lowerSearch(search: Search, options: LowerOptions): LoweredSearch {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const steps = search.stages.flatMap((stage) => lowerStage(stage, options, report));
  const { source } = search;
  let from: Source | undefined;
  let rest: readonly Step[] = steps;
  if (source.kind === 'events') {
    const firstOther = steps.findIndex((step) => step.kind !== 'search');
    const leading = steps.slice(0, firstOther === -1 ? steps.length : firstOther);
    const tests = leading.flatMap((step) => (step.kind === 'search' ? [step.test] : []));
    from = lowerEvents(source, tests, options, report);
    rest = steps.slice(leading.length);
  } else {
    const context = { now: options.now, timezone: options.timezone, span: source.span, report };
    from = findCommand(source.command)?.source?.(source.node, context);
    rest = [...lowerStage(source, options, report), ...steps];
  }
  if (from === undefined || diagnostics.some(isError)) return { diagnostics };
  return { plan: { source: from, steps: rest }, diagnostics };
}

function lowerStage(
  stage: Stage,
  { now, timezone }: LowerOptions,
  report: (diagnostic: Diagnostic) => void,
): readonly Step[] {
  const command = findCommand(stage.command);
  if (command === undefined) throw new Error(`parsed a command that does not exist: ${stage.command}`);
  return command.lower(stage.node, { now, timezone, span: stage.span, report });
}
