import type { Expression } from './expression.ts';
import type { SearchExpression } from './search-expression.ts';

/** The fields that a search test reads; bare terms read `_raw`. */
export function searchedFields(test: SearchExpression): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: SearchExpression): void => {
    switch (node.kind) {
      case 'and':
      case 'or':
        node.terms.forEach(visit);
        return;
      case 'not':
        visit(node.term);
        return;
      case 'comparison':
      case 'membership':
        names.add(node.field);
        return;
      case 'term':
        names.add('_raw');
        return;
      case 'time-modifier':
        names.add(node.name.startsWith('_index') ? '_indextime' : '_time');
        return;
      case 'all':
        return;
    }
  };
  visit(test);
  return names;
}

/**
 * The fields that an expression reads. `parseSearchText` reads the text of `searchmatch("…")`; where it gives undefined the
 * text is faulty and reads nothing.
 */
export function referencedFields(
  expression: Expression,
  parseSearchText: (text: string) => SearchExpression | undefined,
): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Expression): void => {
    switch (node.kind) {
      case 'field':
        names.add(node.name);
        return;
      case 'call':
        if (node.name === 'searchmatch') searchMatch(node.args[0]);
        node.args.forEach(visit);
        return;
      case 'unary':
        visit(node.operand);
        return;
      case 'binary':
        visit(node.left);
        visit(node.right);
        return;
      case 'in':
        visit(node.operand);
        node.members.forEach(visit);
        return;
      case 'string':
      case 'number':
      case 'boolean':
        return;
    }
  };
  const searchMatch = (text: Expression | undefined): void => {
    const test = text?.kind === 'string' ? parseSearchText(text.value) : undefined;
    if (test) for (const name of searchedFields(test)) names.add(name);
  };
  visit(expression);
  return names;
}
