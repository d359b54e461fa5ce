import { expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { explainSyntax } from './explain-syntax.ts';

const options = { now: 1_700_000_000n * TICKS_PER_SECOND, timezone: 'UTC' };

test('every form of a search, as JSON can hold it', () => {
  const macros = new Map([['m', { args: [], definition: 'head 1' }]]);
  const explained = explainSyntax('index=t earliest=0 a | `m`', { ...options, macros });
  expect(JSON.parse(JSON.stringify(explained))).toMatchObject({
    expanded: 'index=t earliest=0 a | head 1',
    tree: { source: { kind: 'events' }, stages: [{ command: 'head', node: { limit: 1 } }] },
    plan: {
      source: { indexes: ['t'], earliest: '1970-01-01T00:00:00.0000000Z', test: { text: 'a' } },
      steps: [{ kind: 'head', count: 1 }],
    },
    diagnostics: [],
  });
});

test('of a faulty search: its tokens and its faults', () => {
  const explained = explainSyntax('index=t | bogus', options);
  expect(explained.tokens).toHaveLength(5);
  expect(explained.tree).toBeUndefined();
  expect(explained.diagnostics).toMatchObject([{ code: 'unknown-command' }]);
});
