import { needsV8 } from '../core/regex-policy.ts';
import type { Call, Expression } from './expression.ts';
import type { Measure, Step } from './plan.ts';

/**
 * Takes calls of match() and replace() whose pattern the store's RE2 does not know out of expressions: steps before them
 * compute the calls, into fields that no search can name. Calls that are evaluated for each value of a multivalue
 * (mvfilter, mvmap) stay where they are; compiling reports them.
 */
export function hoistRegexCalls(steps: readonly Step[]): readonly Step[] {
  const hoister = new Hoister();
  return steps.flatMap((step) => hoister.step(step));
}

const PREFIX = '_regex_call_';

class Hoister {
  #count = 0;
  #before: Step[] = [];
  #fields: string[] = [];

  step(step: Step): Step[] {
    switch (step.kind) {
      case 'extend':
        return step.assignments.flatMap((assignment) =>
          this.#around({ ...step, assignments: [{ ...assignment, value: this.#rewrite(assignment.value) }] }),
        );
      case 'filter':
        return conjuncts(step.test)
          .toSorted((one, other) => Number(isV8Match(one)) - Number(isV8Match(other)))
          .flatMap((test) => this.#filter({ ...step, test }));
      case 'head-while':
        return this.#around({ ...step, test: this.#rewrite(step.test) });
      case 'aggregate':
      case 'event-aggregate':
      case 'pivot':
        return this.#around({ ...step, measures: this.#measures(step.measures) });
      case 'running-aggregate':
        return this.#around({
          ...step,
          measures: this.#measures(step.measures),
          ...(step.resetBefore && { resetBefore: this.#rewrite(step.resetBefore) }),
          ...(step.resetAfter && { resetAfter: this.#rewrite(step.resetAfter) }),
        });
      default:
        return [step];
    }
  }

  /** A test that is nothing but a match, or no match, is one of rows. */
  #filter(step: Extract<Step, { readonly kind: 'filter' }>): Step[] {
    const found = v8Match(step.test);
    if (!found) return this.#around({ ...step, test: this.#rewrite(step.test) });
    const { text, pattern, negated, span } = found;
    const field = this.#field(this.#rewrite(text));
    const present: Expression = {
      kind: 'call',
      name: 'isnotnull',
      nameSpan: span,
      args: [{ kind: 'field', name: field, span }],
      span,
    };
    this.#before.push({ kind: 'filter', test: present, span });
    return this.#around({ kind: 'match', field, pattern, patternSpan: span, negated, span });
  }

  #measures(measures: readonly Measure[]): Measure[] {
    return measures.map((measure) =>
      measure.expression ? { ...measure, expression: this.#rewrite(measure.expression) } : measure,
    );
  }

  /** The step with what computes its calls before it, and what takes their fields away behind it. */
  #around(step: Step): Step[] {
    if (this.#before.length === 0) return [step];
    const { span } = step;
    const steps: Step[] = [
      ...this.#before,
      step,
      { kind: 'project', mode: 'drop', fields: this.#fields, span },
    ];
    this.#before = [];
    this.#fields = [];
    return steps;
  }

  #rewrite(expression: Expression): Expression {
    switch (expression.kind) {
      case 'call': {
        if (evaluatedEach.has(expression.name)) return expression;
        const call = { ...expression, args: expression.args.map((argument) => this.#rewrite(argument)) };
        const [text, pattern, replacement] = call.args;
        if (!text || pattern?.kind !== 'string' || !needsV8(pattern.regexValue)) return call;
        if (call.name === 'match') return this.#match(call, text, pattern.regexValue);
        if (call.name === 'replace' && replacement?.kind === 'string')
          return this.#replace(call, text, pattern.regexValue, replacement.regexValue);
        return call;
      }
      case 'unary':
        return { ...expression, operand: this.#rewrite(expression.operand) };
      case 'binary':
        return {
          ...expression,
          left: this.#rewrite(expression.left),
          right: this.#rewrite(expression.right),
        };
      case 'in':
        return {
          ...expression,
          operand: this.#rewrite(expression.operand),
          members: expression.members.map((member) => this.#rewrite(member)),
        };
      default:
        return expression;
    }
  }

  /** The text goes into a field of its own, and where the pattern matches, the offsets of no groups into another. */
  #match({ span, nameSpan }: Call, text: Expression, pattern: string): Expression {
    const field = this.#field(text);
    const found = this.#name();
    this.#before.push({
      kind: 'extract',
      field,
      pattern,
      patternSpan: span,
      groups: [],
      maxMatch: 1,
      offsetField: found,
      span,
    });
    const reference = (name: string): Expression => ({ kind: 'field', name, span });
    const present: Expression = {
      kind: 'call',
      name: 'isnotnull',
      nameSpan,
      args: [reference(found)],
      span,
    };
    const missing: Expression = { kind: 'call', name: 'isnull', nameSpan, args: [reference(field)], span };
    const nothing: Expression = { kind: 'call', name: 'null', nameSpan, args: [], span };
    const no: Expression = { kind: 'number', value: 0, text: '0', span };
    const yes: Expression = { kind: 'number', value: 1, text: '1', span };
    const value: Expression = {
      kind: 'call',
      name: 'case',
      nameSpan,
      args: [missing, nothing, present, yes, { kind: 'boolean', value: true, span }, no],
      span,
    };
    return { kind: 'binary', operator: '=', left: value, right: yes, span };
  }

  #replace({ span }: Call, text: Expression, pattern: string, replacement: string): Expression {
    const field = this.#field(text);
    this.#before.push({
      kind: 'substitute',
      field,
      script: { kind: 's', pattern, replacement, occurrence: 'all', ignoreCase: false },
      patternSpan: span,
      span,
    });
    return { kind: 'field', name: field, span };
  }

  #field(text: Expression): string {
    const field = this.#name();
    const { span } = text;
    this.#before.push({ kind: 'extend', assignments: [{ field, value: text, span }], span });
    return field;
  }

  #name(): string {
    const name = `${PREFIX}${++this.#count}`;
    this.#fields.push(name);
    return name;
  }
}

/** A test that is a match by a pattern for V8, or `NOT` of one. */
function v8Match(test: Expression) {
  const negated = test.kind === 'unary' && test.operator === 'not';
  const call = negated ? test.operand : test;
  const [text, pattern] = call.kind === 'call' && call.name === 'match' ? call.args : [];
  if (!text || pattern?.kind !== 'string' || !needsV8(pattern.regexValue)) return undefined;
  return { text, pattern: pattern.regexValue, negated, span: call.span };
}

/** Those run last, on the rows that the store's own tests leave. */
function isV8Match(test: Expression): boolean {
  return v8Match(test) !== undefined;
}

/** Conditions that must all be true for the whole to be. */
function conjuncts(test: Expression): readonly Expression[] {
  if (test.kind !== 'binary' || test.operator !== 'and') return [test];
  return [...conjuncts(test.left), ...conjuncts(test.right)];
}

/** Functions with an argument that is evaluated for each value. */
const evaluatedEach: ReadonlySet<string> = new Set(['mvfilter', 'mvmap']);
