import { expect, test } from 'vitest';
import { madeLineage, madeTime } from '../../test/made-lineage.ts';
import { ProcessIndex } from './process-index.ts';

const index = new ProcessIndex(
  madeLineage([
    { name: 'browser', pid: 7, guid: 'aa-1', start: '09:00:00.500', end: '10:00:00' },
    { name: 'word', pid: 7, guid: 'aa-2', start: '10:30:00.500' },
    { name: 'old', pid: 8 },
    { name: 'running', pid: 9, start: '11:00:00', startFrom: 'seen-since', basis: 'seen' },
    { name: 'unended', pid: 10, start: '09:00:00' },
    { name: 'next', pid: 10, start: '10:00:00', end: '10:30:00' },
    { name: 'seen later', pid: 11, start: '10:00:00', startFrom: 'seen-since', basis: 'seen' },
    { name: 'begun before', pid: 11, start: '09:00:00' },
  ]),
);

test('a GUID in any form', () => {
  expect(index.ofGuid('{AA-2}')).toEqual([1]);
  expect(index.ofGuid('aa-3')).toEqual([]);
});

test('a process id at a time', () => {
  expect(index.ofPid(7, undefined)).toEqual([0, 1]);
  expect(index.ofPid(7, madeTime('09:30:00'))).toEqual([0]);
  expect(index.ofPid(7, madeTime('10:15:00'))).toEqual([]);
  expect(index.ofPid(7, madeTime('12:00:00'))).toEqual([1]);
  expect(index.ofPid(6, madeTime('12:00:00'))).toEqual([]);
});

test('a moment that another clock told may lie a little outside', () => {
  expect(index.ofPid(7, madeTime('09:00:00'))).toEqual([0]);
  expect(index.ofPid(7, madeTime('10:00:01.900'))).toEqual([0]);
  expect(index.ofPid(7, madeTime('10:30:00'))).toEqual([1]);
});

test('what was running before it was seen, or whose start is unknown, bears its id all along', () => {
  expect(index.ofPid(8, madeTime('01:00:00'))).toEqual([2]);
  expect(index.ofPid(9, madeTime('01:00:00'))).toEqual([3]);
});

test('one whose end nobody told was gone when the next took over its id', () => {
  expect(index.ofPid(10, madeTime('09:59:00'))).toEqual([4]);
  expect(index.ofPid(10, madeTime('10:10:00'))).toEqual([5]);
  expect(index.ofPid(10, madeTime('11:00:00'))).toEqual([]);
  expect(index.ofPid(11, madeTime('09:30:00'))).toEqual([6, 7]);
  expect(index.ofPid(11, madeTime('10:10:00'))).toEqual([6]);
});
