import { expect, test } from 'vitest';
import type { Column } from '../store/store.ts';
import { eventView } from './event-view.ts';

const columns = (...names: string[]): Column[] => names.map((name) => ({ name, type: 'text' }));

test('raw events show when, where from and what; the rest is named', () => {
  const view = eventView(columns('_time', 'host', 'source', 'sourcetype', 'index', '_raw', 'EventCode'));
  expect(view.columns.map(({ name }) => name)).toEqual(['_time', 'host', 'sourcetype', '_raw']);
  expect(view.row(['t', 'h', 's', 'st', 'i', 'r', '1'])).toEqual(['t', 'h', 'st', 'r']);
  expect(view.hidden).toEqual(['source', 'index', 'EventCode']);
});

test('what a search chose is shown whole', () => {
  const view = eventView(columns('_raw', 'host'));
  expect(view.hidden).toEqual([]);
  expect(view.row(['r', 'h'])).toEqual(['r', 'h']);
});
