import { describe, expect, test } from 'vitest';
import { markedSearch } from '../../test/marked-search.ts';
import { expandMacros, type MacroDefinition } from './macros.ts';
import { parseSearch } from './parse.ts';

const macros = new Map<string, MacroDefinition>([
  ['by_user(1)', { args: ['u'], definition: 'user=$u$' }],
  ['pair(2)', { args: ['u', 'c'], definition: 'user="$u$" code="$c$"' }],
  ['counts', { args: [], definition: '| stats count BY user' }],
  ['outer(1)', { args: ['x'], definition: '(`by_user($x$)` OR `by_user("b c")`)' }],
  ['built(1)', { args: ['u'], definition: '"user=" . lower("$u$")', isEval: true }],
  [
    'checked(1)',
    { args: ['n'], definition: 'n=$n$', validation: 'isnum($n$)', errorMessage: 'no number: $n$' },
  ],
  ['loop', { args: [], definition: '`loop`' }],
  ['twice', { args: [], definition: '`nothing``nothing`' }],
  ['nothing', { args: [], definition: '' }],
  ['faulty', { args: [], definition: 'where x=' }],
  ...Array.from({ length: 30 }, (_, at): [string, MacroDefinition] => [
    `grow${at}`,
    { args: [], definition: at === 0 ? 'x' : `\`grow${at - 1}\` \`grow${at - 1}\`` },
  ]),
]);

function expand(text: string): string {
  const expansion = expandMacros(text, macros, undefined);
  expect(expansion.diagnostics).toEqual([]);
  return expansion.text;
}

describe('expansion', () => {
  test.each([
    ['index=t `by_user(amy)` | table n', 'index=t user=amy | table n'],
    ['`pair("bob","5,0")`', 'user="bob" code="5,0"'],
    ['`pair(c=1, u=x)`', 'user="x" code="1"'],
    ['index=t `counts`', 'index=t | stats count BY user'],
    ['`outer(f(a, b))`', undefined],
    ['`outer(a)`', '(user=a OR user=b c)'],
    ['"`by_user(amy)`" ````by_user(x)````', '"`by_user(amy)`" ````by_user(x)````'],
    ['a `comment("the | pipe")` b', 'a   b'],
    ['`drop_dm_object_name(Processes)`', 'rename "Processes.*" as *'],
  ])('%s', (text, expected) => {
    if (expected !== undefined) expect(expand(text)).toBe(expected);
    else expect(expand(text)).toBe('(user=f(a, b) OR user=b c)');
  });

  test('eval macros and validations ask the caller', () => {
    const seen: string[] = [];
    const evaluate = (expression: string) => {
      seen.push(expression);
      return expression.startsWith('isnum') ? { text: 'false' } : { text: 'user=bob' };
    };
    expect(expandMacros('`built(Bob)`', macros, evaluate).text).toBe('user=bob');
    expect(expandMacros('`checked(x)`', macros, evaluate).diagnostics).toMatchObject([
      { code: 'macro-argument-invalid', message: 'The macro "checked" rejects its arguments: no number: x' },
    ]);
    expect(seen).toEqual(['"user=" . lower("Bob")', 'isnum(x)']);
  });
});

describe('faults', () => {
  test.each([
    ['index=t «`nosuch`» | head', 'unknown-macro'],
    ['index=t «`by_user`»', 'unknown-macro'],
    ['index=t «`by_user(a, b)`»', 'unknown-macro'],
    ['«`built(x)`»', 'macro-needs-evaluation'],
    ['«`loop`» | head', 'macro-too-deep'],
    ['«`grow29`»', 'macro-too-large'],
    ['«`(x)`»', 'bad-macro-call'],
    ['«`by_user(x`»', 'bad-macro-call'],
  ])('%s: %s', (marked, code) => {
    const { text, span } = markedSearch(marked);
    const { diagnostics } = parseSearch(text, { macros });
    expect(diagnostics[0]).toMatchObject({ code, span });
    if (code.startsWith('unknown')) expect(diagnostics).toHaveLength(1);
  });

  test('inside a definition they are put at the call', () => {
    const { text, span } = markedSearch('index=t | «`faulty`» | table n');
    expect(parseSearch(text, { macros }).diagnostics).toMatchObject([
      { code: 'incomplete-expression', span },
    ]);
  });

  test('behind a call they stand where they were written', () => {
    const { text, span } = markedSearch('`outer(a)` `counts` | «bogus» 1');
    expect(parseSearch(text, { macros }).diagnostics).toMatchObject([{ code: 'unknown-command', span }]);
  });
});

test('spans of the tree are of the text as written', () => {
  const text = 'index=t `by_user(amy)` | table n';
  const { search } = parseSearch(text, { macros });
  const span = search?.stages[0]?.nameSpan ?? { start: 0, end: 0 };
  expect(text.slice(span.start, span.end)).toBe('table');
  expect(search?.source).toMatchObject({
    test: { terms: [{ span: { start: 0, end: 7 } }, { span: { start: 8, end: 22 } }] },
  });
});
