import { describe, expect, test } from 'vitest';
import { fileText, jsonText, terminalText } from './terminal-text.ts';

test('escape sequences are shown, not obeyed', () => {
  expect(terminalText('a\u001b[31mred\u001b[0m')).toBe('a\\x1b[31mred\\x1b[0m');
  expect(terminalText('\u009b2J')).toBe('\\x9b2J');
});

test('line breaks, tabs and bells become visible', () => {
  expect(terminalText('a\r\nb\tc\u0007')).toBe('a\\r\\nb\\tc\\x07');
  expect(terminalText('a\nb\r', true)).toBe('a\nb\\r');
});

test('characters that turn the direction of writing are named', () => {
  expect(terminalText('invoice\u202efdp.exe')).toBe('invoice\\u202efdp.exe');
  expect(terminalText('\u2066x\u2069')).toBe('\\u2066x\\u2069');
});

test('half a surrogate pair is named; a whole one and other languages stay', () => {
  expect(terminalText('\ud83d!')).toBe('\\ud83d!');
  expect(terminalText('系図 😀 Ä')).toBe('系図 😀 Ä');
});

describe('fileText', () => {
  test('keeps tabs and line ends, and shows what else a terminal would obey', () => {
    expect(fileText('a\tb\nc\r\nd')).toBe('a\tb\nc\r\nd');
    expect(fileText('evil\rgood \u001b[2J \0 \u009b \u202e')).toBe(
      'evil\\rgood \\x1b[2J \\x00 \\x9b \\u202e',
    );
  });
});

describe('jsonText', () => {
  test('means the same and has no character that a terminal obeys', () => {
    const value = { '\u001b[31m': ['\u009b2J', '\u202egnp.exe', 'a\r\n\0\u007f', '\ud800', '系図 "x"'] };
    const text = jsonText(value);
    expect(text).toMatch(/^[\x20-\x7e系図]+$/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
