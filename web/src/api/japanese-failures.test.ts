import { expect, test } from 'vitest';
import { japaneseFailure } from './japanese-failures.ts';

test('a failure is worded by its code, with what it names', () => {
  expect(japaneseFailure('host-unknown', { name: 'ws9', hosts: 'ws1, ws2' })).toEqual([
    '「ws9」というホストのイベントはありません。',
    'ストアにあるホスト: ws1, ws2',
  ]);
  expect(japaneseFailure('process-unknown', { host: 'ws1', starts: 1200, ends: 3, events: 5000 })?.[1]).toBe(
    'イベント 5,000 件のうち、プロセスの開始 1,200 件と終了 3 件を調べました。',
  );
});

test('a code without a wording stays in the words of the server', () => {
  expect(japaneseFailure('bad-request', {})).toBeUndefined();
  expect(japaneseFailure('of-a-later-version', {})).toBeUndefined();
  expect(japaneseFailure('toString', {})).toBeUndefined();
});
