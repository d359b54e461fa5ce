import { checkAssigned } from '../check-expression.ts';
import type { Command } from '../command.ts';
import { readAssignmentTarget } from '../parse-assignment-target.ts';
import { parseExpression, reportRest } from '../parse-expression.ts';
import type { Assignment } from '../plan.ts';

interface EvalNode {
  readonly kind: 'eval';
  readonly assignments: readonly Assignment[];
}

export const evalCommand: Command<EvalNode> = {
  name: 'eval',
  kind: 'streaming',
  mode: 'expression',
  syntax: 'eval <field>=<expression> [, <field>=<expression>]...',
  summary: 'Computes values into fields; an expression without a value removes the field from the row.',
  notes: [
    'Assignments run from left to right, each sees those before it.',
    'In expressions double quotes make a text, single quotes a field name. `{field}` in the name on the left stands for that field’s value.',
    'A condition cannot be assigned; wrap it in if().',
  ],
  examples: [
    { search: 'index=main | eval parent = ParentName." (".ParentProcessId.")"', summary: 'Joins texts.' },
    {
      search: 'index=main | eval size=len(CommandLine), long=if(size>500, "yes", "no")',
      summary: 'Two assignments.',
    },
  ],
  parse(reader) {
    const assignments: Assignment[] = [];
    for (;;) {
      const start = reader.peek('expression').span.start;
      const target = readAssignmentTarget(reader);
      if (target === undefined) {
        reader.skipToEnd();
        reader.report('missing-assignment', {}, reader.spanFrom(start));
        break;
      }
      const value = parseExpression(reader);
      checkAssigned(reader, target.field, value);
      assignments.push({ ...target, value, span: reader.spanFrom(start) });
      if (reader.peek('expression').kind !== 'comma') break;
      reader.next('expression');
    }
    reportRest(reader, 'an operator or a comma');
    return { kind: 'eval', assignments };
  },
  lower(node, { span }) {
    return [{ kind: 'extend', assignments: node.assignments, span }];
  },
};
