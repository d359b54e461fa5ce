import type { Span } from '../../core/diagnostic.ts';
import type { Expression } from '../expression.ts';
import type { Measure, Plan, Step } from '../plan.ts';
import { type PlanRunOptions, runPlan } from '../run-plan.ts';

/** Rows that are left behind a stage of a search that may drop rows. */
export interface StepCount {
  readonly span: Span;
  readonly rows: number;
  /** Of a condition: rows in front of the stage that meet each of its parts, joined by AND. */
  readonly parts: readonly { readonly span: Span; readonly rows: number }[];
}

/** Stages that are counted; each takes a run of the search up to it. */
const mostSteps = 12;
const mostConditions = 16;

const dropping: ReadonlySet<Step['kind']> = new Set([
  'search',
  'filter',
  'match',
  'head-while',
  'dedup',
  'expand',
  'aggregate',
  'top',
  'pivot',
  'process-tree',
  'relatives',
  'egress',
  'pstree',
]);

/** Counts the rows behind each stage that may drop some, up to the first behind which there are none. */
export async function countSteps(
  plan: Plan,
  run: Pick<PlanRunOptions, 'store' | 'environment' | 'limits' | 'connectionReader'>,
): Promise<readonly StepCount[]> {
  const counts: StepCount[] = [];
  for (const [at, step] of plan.steps.entries()) {
    if (!dropping.has(step.kind)) continue;
    if (counts.length >= mostSteps) break;
    const before = plan.steps.slice(0, at);
    const [rows = 0] = await counted(
      { ...plan, steps: [...before, step] },
      [countOf(undefined, step.span)],
      run,
    );
    const conditions =
      step.kind === 'filter' && rows === 0 ? conjuncts(step.test).slice(0, mostConditions) : [];
    const parts =
      conditions.length < 2
        ? []
        : await counted(
            { ...plan, steps: before },
            conditions.map((condition) => countOf(condition, condition.span)),
            run,
          );
    counts.push({
      span: step.span,
      rows,
      parts: conditions.flatMap(({ span }, place) =>
        parts[place] === undefined ? [] : [{ span, rows: parts[place] }],
      ),
    });
    if (rows === 0) break;
  }
  return counts;
}

function conjuncts(test: Expression): readonly Expression[] {
  return test.kind === 'binary' && test.operator === 'and'
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}

function countOf(expression: Expression | undefined, span: Span): Measure {
  const name = `count ${span.start} ${span.end}`;
  return { function: 'count', name, span, ...(expression !== undefined && { expression }) };
}

async function counted(
  plan: Plan,
  measures: readonly Measure[],
  run: Parameters<typeof countSteps>[1],
): Promise<readonly number[]> {
  const span = { start: 0, end: 0 };
  const counting: Step = {
    kind: 'aggregate',
    measures,
    by: [],
    dedupSplitValues: false,
    delimiter: ' ',
    span,
  };
  const { rows } = await runPlan(
    { ...plan, steps: [...plan.steps, counting] },
    { ...run, report: () => {}, statistics: { rows: 0, queries: 0 } },
  );
  for await (const block of rows) for (const row of block) return row.map((cell) => Number(cell ?? 0));
  return [];
}
