import { expect, test } from 'vitest';
import { durationText, lengthText } from './duration.ts';

const plain = (seconds: number, language: string) =>
  durationText(seconds, language).replaceAll('\u2009', ' ');

test('a duration has its two largest units at most', () => {
  const seconds = [0.25, 6, 9.94, 90, 840, 7199, 7320, 86_400, 259_200];
  expect(seconds.map((each) => plain(each, 'en'))).toEqual([
    '250 ms',
    '6 s',
    '9.9 s',
    '90 s',
    '14 min',
    '120 min',
    '2 h 02',
    '24 h 00',
    '3 d',
  ]);
});

test('in Japanese with its own units', () => {
  const seconds = [0.25, 6, 840, 7320, 86_400, 259_200];
  expect(seconds.map((each) => plain(each, 'ja'))).toEqual([
    '250 ミリ秒',
    '6 秒',
    '14 分',
    '2 時間 2 分',
    '1 日',
    '3 日',
  ]);
});

test('a length has its two greatest units', () => {
  expect(lengthText(46 * 60_000 + 12_000, 'en')).toBe('46\u2009min 12\u2009s');
  expect(lengthText(0, 'ja')).toBe('0\u2009秒');
});
