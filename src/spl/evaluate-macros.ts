import type { Diagnostic } from '../core/diagnostic.ts';
import { Parameters } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { compileExpression } from './compile-expression.ts';
import { isError } from './diagnostics.ts';
import type { Expression } from './expression.ts';
import { cellText } from './generate/cell-text.ts';
import type { Environment } from './generate/compilation.ts';
import type { MacroEvaluator } from './macros.ts';
import type { ParsedSearch } from './parse.ts';
import { parseWholeExpression } from './parse-expression.ts';
import { runPlan } from './run-plan.ts';
import { SearchError } from './search-error.ts';
import { StageReader } from './stage-reader.ts';

type Answer = ReturnType<MacroEvaluator>;

/** Rounds of evaluating, each of which may bring macros in that have to be evaluated. */
const ROUNDS = 20;

/**
 * Parses a search whose macros may be eval expressions: the store evaluates them, and the search is parsed again until
 * there is none left. `parse` gets what evaluates them.
 */
export async function parseEvaluating(
  parse: (evaluate: MacroEvaluator) => ParsedSearch,
  store: Store,
  environment: Environment,
): Promise<ParsedSearch> {
  const answers = new Map<string, Answer>();
  for (let round = 0; ; round++) {
    const missing = new Set<string>();
    const parsed = parse((expression) => {
      const answer = answers.get(expression);
      if (!answer) missing.add(expression);
      return answer ?? { text: '*' };
    });
    if (missing.size === 0) return parsed;
    for (const expression of missing)
      answers.set(
        expression,
        round < ROUNDS
          ? await evaluate(expression, store, environment)
          : { error: 'macros bring in more and more of them' },
      );
  }
}

/** Evaluates an expression without fields in the store. */
async function evaluate(text: string, store: Store, environment: Environment): Promise<Answer> {
  const faults: Diagnostic[] = [];
  const span = { start: 0, end: text.length };
  const value = parseWholeExpression(new StageReader(text, span, faults));
  const { now, timezone } = environment;
  const context = {
    parameters: new Parameters(),
    now,
    timezone,
    field: () => undefined,
    report: (diagnostic: Diagnostic) => faults.push(diagnostic),
  };
  const fault = () => faults.find(isError);
  const unread = fault();
  if (unread) return { error: unread };
  const isCondition = compileExpression(value, context).type === 'boolean';
  const untyped = fault();
  if (untyped) return { error: untyped };
  try {
    return await result(isCondition ? asWord(value) : value, store, environment);
  } catch (error) {
    const [first] = error instanceof SearchError ? error.diagnostics : [];
    if (first) return { error: first };
    throw error;
  }
}

async function result(value: Expression, store: Store, environment: Environment): Promise<Answer> {
  const { span } = value;
  const run = await runPlan(
    {
      source: { kind: 'literal', columns: [], rows: [], withTime: false, annotate: false, count: 1, span },
      steps: [{ kind: 'extend', assignments: [{ field: 'result', value, span }], span }],
    },
    { store, environment, limits: {}, report: () => {}, statistics: { rows: 0, queries: 0 } },
  );
  let answer: Answer = { error: 'it is null' };
  for await (const block of run.rows)
    for (const [cell] of block) {
      const written = cellText(cell ?? null);
      if (written !== null) answer = { text: written };
    }
  return answer;
}

/** A condition as `true` or `false`. */
function asWord(condition: Expression): Expression {
  const { span } = condition;
  const word = (value: string): Expression => ({ kind: 'string', value, regexValue: value, span });
  return { kind: 'call', name: 'if', nameSpan: span, args: [condition, word('true'), word('false')], span };
}
