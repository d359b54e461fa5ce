import { planRegex, type V8Plan } from '../../core/regex-policy.ts';
import {
  matchRegex,
  type RegexMatch,
  type RegexResult,
  replaceRegex,
  testRegex,
} from '../../core/regex-run.ts';
import type { Cell, Column } from '../../store/store.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { SearchError } from '../search-error.ts';
import { cellValues } from './cell-text.ts';
import type { StepOf } from './generator.ts';
import type { Block, Operator } from './operator.ts';

type RegexStep = StepOf<'extract' | 'match' | 'substitute'>;

/** `rex` and `regex` with what the store's RE2 does not know: V8 under a time limit for each block of rows. */
export function regexOperator(step: RegexStep): Operator {
  return {
    title: `${step.kind === 'match' ? 'regex' : 'rex'} ${step.field}: ${patternOf(step)}`,
    columns: (input) => columnsAfter(step, input),
    run: (rows, input) => {
      const at = input.findIndex(({ name }) => name === step.field);
      switch (step.kind) {
        case 'match':
          return eachBlock(rows, (block) => matching(step, block, at));
        case 'substitute':
          return eachBlock(rows, (block) => substituted(step, block, at));
        case 'extract':
          return eachBlock(rows, (block) => extracted(step, block, at, input));
      }
    },
  };
}

async function* eachBlock(
  rows: AsyncIterable<Block>,
  change: (block: Block) => Block,
): AsyncGenerator<Block> {
  for await (const block of rows) {
    const changed = change(block);
    if (changed.length > 0) yield changed;
  }
}

function patternOf(step: RegexStep): string {
  if (step.kind !== 'substitute') return step.pattern;
  return step.script.kind === 's' ? step.script.pattern : '';
}

function planOf(step: RegexStep): V8Plan {
  const ignoreCase = step.kind === 'substitute' && step.script.kind === 's' && step.script.ignoreCase;
  const plan = planRegex(patternOf(step), { ignoreCase, engine: 'v8' });
  if (plan.kind === 'v8') return plan;
  throw new Error(`the pattern was not checked: ${patternOf(step)}`);
}

/** The values of a field in all rows of a block, with where each row's values begin. */
function valuesOf(block: Block, at: number): { readonly texts: string[]; readonly starts: number[] } {
  const texts: string[] = [];
  const starts: number[] = [];
  for (const row of block) {
    starts.push(texts.length);
    const values = cellValues(row[at] ?? null);
    if (typeof values === 'string') texts.push(values);
    else if (values !== null) texts.push(...values);
  }
  starts.push(texts.length);
  return { texts, starts };
}

function doneOrThrow<Value>(result: RegexResult<Value>, step: RegexStep): readonly Value[] {
  if (result.kind === 'done') return result.values;
  throw new SearchError([runDiagnostic('regex-stopped', { message: result.message }, step.patternSpan)]);
}

function matching(step: StepOf<'match'>, block: Block, at: number): Block {
  const { texts, starts } = valuesOf(block, at);
  const found = doneOrThrow(testRegex(planOf(step), texts), step);
  return block.filter((_, row) => found.slice(starts[row], starts[row + 1]).some(Boolean) !== step.negated);
}

function substituted(step: StepOf<'substitute'>, block: Block, at: number): Block {
  if (step.script.kind !== 's') throw new Error('y scripts run in the store');
  const { texts, starts } = valuesOf(block, at);
  const { replacement, occurrence } = step.script;
  const written = doneOrThrow(replaceRegex(planOf(step), texts, replacement, occurrence), step);
  return block.map((row, number) => {
    const values = written.slice(starts[number], starts[number + 1]);
    if (values.length === 0) return row;
    return row.with(at, Array.isArray(row[at]) ? values : (values[0] ?? null));
  });
}

/** What is substituted is text. Groups become text, or multivalue where several matches are wanted. */
function columnsAfter(step: RegexStep, columns: readonly Column[]): readonly Column[] {
  if (step.kind === 'match') return columns;
  if (step.kind === 'substitute')
    return columns.map(({ name, type }) =>
      name === step.field && type !== 'multivalue' ? { name, type: 'text' } : { name, type },
    );
  const made = [...columns];
  const set = (name: string, several: boolean) => {
    const at = made.findIndex((column) => column.name === name);
    const type = several || made[at]?.type === 'multivalue' ? 'multivalue' : 'text';
    if (at < 0) made.push({ name, type });
    else made[at] = { name, type };
  };
  const input = columns.find(({ name }) => name === step.field);
  const several = step.maxMatch !== 1 || input?.type === 'multivalue';
  for (const name of step.groups) set(name, several);
  if (step.offsetField !== undefined) set(step.offsetField, false);
  return made;
}

function extracted(step: StepOf<'extract'>, block: Block, at: number, columns: readonly Column[]): Block {
  const plan = planOf(step);
  const made = columnsAfter(step, columns);
  const { texts, starts } = valuesOf(block, at);
  const found = doneOrThrow(matchRegex(plan, texts, step.maxMatch), step);
  const places = step.groups.map((name) => ({
    column: made.findIndex((column) => column.name === name),
    group: plan.groups.findIndex((group) => group.name === name),
  }));
  const offset = made.findIndex(({ name }) => name === step.offsetField);
  return block.map((row, number) => {
    const cells = made.map(({ type }, place) => asType(row[place] ?? null, columns[place]?.type, type));
    const matches = found.slice(starts[number], starts[number + 1]).flat();
    if (matches.length === 0) return cells;
    for (const { column, group } of places) {
      const values = matches.flatMap(({ groups }) => groups[group] || []);
      cells[column] = made[column]?.type === 'multivalue' ? values : (values[0] ?? null);
    }
    if (offset >= 0) cells[offset] = offsetText(step, matches, texts[starts[number] ?? 0] ?? '', plan);
    return cells;
  });
}

/** A cell of a column whose type became wider. */
function asType(cell: Cell, from: Column['type'] | undefined, to: Column['type']): Cell {
  if (from === to || cell === null) return cell;
  const values = cellValues(cell);
  if (to === 'multivalue') return typeof values === 'string' ? [values] : values;
  return values;
}

/** `group=first-last` of each group of each match, joined by `&`. The group is looked for inside its match. */
function offsetText(
  step: StepOf<'extract'>,
  matches: readonly RegexMatch[],
  text: string,
  plan: V8Plan,
): string {
  return matches
    .flatMap((match) =>
      step.groups.flatMap((name) => {
        const value = match.groups[plan.groups.findIndex((group) => group.name === name)];
        if (value === undefined) return [];
        const start = text.indexOf(value, match.start);
        return [`${name}=${start}-${start + value.length - 1}`];
      }),
    )
    .join('&');
}
