import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import type { Binary, Call, Expression } from './expression.ts';
import { findAggregate } from './find-aggregate.ts';
import type { ArgumentRole, EvalFunction } from './functions/eval-function.ts';
import { evalFunctions } from './functions/registry.ts';
import { isKnownFunction } from './known-functions.ts';
import { nearestName } from './nearest-name.ts';
import { referencedFields } from './referenced-fields.ts';
import { checkRegexAt } from './regex-argument.ts';
import { parseSearchText } from './search-text.ts';
import type { StageReader } from './stage-reader.ts';

/** What is known of a value before the search runs. */
type StaticKind = 'number' | 'string' | 'boolean' | 'unknown';

/** What the place wants: a value, a condition, or either. */
type Wanted = 'value' | 'condition' | 'any';

const functionsByName = new Map<string, EvalFunction>();
for (const definition of evalFunctions.values())
  for (const name of [definition.name, ...(definition.aliases ?? [])])
    functionsByName.set(name.toLowerCase(), definition);

/** Functions whose result is true or false. */
const conditionFunctions: ReadonlySet<string> = new Set([
  'cidrmatch',
  'false',
  'in',
  'isbool',
  'isint',
  'isnotnull',
  'isnull',
  'isnum',
  'isstr',
  'like',
  'match',
  'searchmatch',
  'true',
]);

/**
 * Checks an expression against the table of functions: names, numbers of arguments, and what types are plain before the
 * search runs (Splunk documentation, eval: expressions are checked before they run). Faults go to the reader.
 */
export function checkCondition(
  reader: StageReader,
  expression: Expression,
  wanted: Wanted,
  where: DiagnosticPhrase = 'this',
): void {
  checkWanted(reader, expression, kindOf(reader, expression), wanted, where);
}

/** Checks the value that `eval` assigns. */
export function checkAssigned(reader: StageReader, field: string, expression: Expression): void {
  if (kindOf(reader, expression) === 'boolean') reader.report('boolean-assigned', { field }, expression.span);
}

const kindNames: Record<StaticKind, DiagnosticPhrase> = {
  number: 'number',
  string: 'text',
  boolean: 'condition',
  unknown: 'value',
};

function checkWanted(
  reader: StageReader,
  expression: Expression,
  kind: StaticKind,
  wanted: Wanted,
  where: DiagnosticPhrase,
): void {
  if (wanted === 'condition' && (kind === 'number' || kind === 'string'))
    reader.report('condition-needed', { where, found: kindNames[kind] }, expression.span);
}

/** The static kind, with everything below checked. */
function kindOf(reader: StageReader, expression: Expression): StaticKind {
  switch (expression.kind) {
    case 'field':
      return 'unknown';
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'call':
      return kindOfCall(reader, expression);
    case 'unary': {
      const kind = kindOf(reader, expression.operand);
      if (expression.operator === 'not') {
        checkWanted(reader, expression.operand, kind, 'condition', 'the operator NOT');
        return 'boolean';
      }
      if (kind === 'string')
        reader.report('number-needed', { where: `the sign ${expression.operator}` }, expression.operand.span);
      return 'number';
    }
    case 'in':
      kindOf(reader, expression.operand);
      for (const member of expression.members) kindOf(reader, member);
      return 'boolean';
    case 'binary':
      return kindOfBinary(reader, expression);
  }
}

function kindOfBinary(reader: StageReader, expression: Binary): StaticKind {
  const { operator } = expression;
  const left = kindOf(reader, expression.left);
  const right = kindOf(reader, expression.right);
  switch (operator) {
    case 'and':
    case 'or':
    case 'xor': {
      const where: DiagnosticPhrase = `the operator ${operator.toUpperCase()}`;
      checkWanted(reader, expression.left, left, 'condition', where);
      checkWanted(reader, expression.right, right, 'condition', where);
      return 'boolean';
    }
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'like':
      return 'boolean';
    case '.':
      return 'string';
    case '+':
      if ((left === 'string' && right === 'number') || (left === 'number' && right === 'string'))
        reader.report(
          'different-types',
          { operator, left: kindNames[left], right: kindNames[right] },
          expression.span,
        );
      return left === right ? left : 'unknown';
    case '-':
    case '*':
    case '/':
    case '%':
      for (const [side, kind] of [
        [expression.left, left],
        [expression.right, right],
      ] as const)
        if (kind === 'string')
          reader.report('number-needed', { where: `the operator ${operator}` }, side.span);
      return 'number';
  }
}

function kindOfCall(reader: StageReader, call: Call): StaticKind {
  const definition = functionsByName.get(call.name);
  if (definition === undefined || call.name.startsWith('_')) {
    for (const argument of call.args) kindOf(reader, argument);
    if (isKnownFunction(call.name)) {
      reader.report('function-not-supported', { name: call.name }, call.nameSpan);
      return 'unknown';
    }
    reader.report(
      'unknown-function',
      {
        name: call.name,
        nearest: nearestName(call.name, functionsByName.keys()),
        statistic: findAggregate(call.name) !== undefined,
      },
      call.nameSpan,
    );
    return 'unknown';
  }
  const { minimum, maximum, roles } = definition;
  if (call.args.length < minimum || call.args.length > maximum)
    reader.report(
      'wrong-argument-count',
      { name: call.name, found: call.args.length, expected: expectedCount(minimum, maximum) },
      call.span,
    );
  call.args.forEach((argument, at) => {
    checkArgument(reader, call, argument, roles?.[Math.min(at, roles.length - 1)] ?? 'value');
  });
  if (definition.name === 'mvfilter') checkOneField(reader, call);
  if (conditionFunctions.has(definition.name)) return 'boolean';
  return definition.category === 'mathematics' || definition.category === 'trigonometry'
    ? 'number'
    : 'unknown';
}

function checkArgument(reader: StageReader, call: Call, argument: Expression, role: ArgumentRole): void {
  const kind = kindOf(reader, argument);
  if (role === 'condition') checkWanted(reader, argument, kind, 'condition', `"${call.name}"`);
  if (role === 'regex' && argument.kind === 'string') checkRegexAt(reader, argument.span);
  if (role === 'number' && argument.kind === 'string')
    reader.report('number-needed', { where: `"${call.name}"` }, argument.span);
}

/** How many arguments a function takes, in words. */
export function expectedCount(minimum: number, maximum: number): DiagnosticPhrase {
  if (maximum === Number.POSITIVE_INFINITY)
    return minimum === 1 ? 'at least 1 argument' : `at least ${minimum} arguments`;
  if (minimum < maximum) return `${minimum} to ${maximum} arguments`;
  if (minimum === 0) return 'no arguments';
  return minimum === 1 ? '1 argument' : `${minimum} arguments`;
}

function checkOneField(reader: StageReader, call: Call): void {
  const fields = new Set<string>();
  for (const argument of call.args)
    for (const name of referencedFields(argument, parseSearchText)) fields.add(name);
  if (fields.size !== 1) reader.report('one-field-only', { name: call.name, fields: [...fields] }, call.span);
}
