import { describe, expect, test } from 'vitest';
import type { ExportRow } from './export-rows.ts';
import { markupText, visibleText } from './markup-text.ts';
import { type ReportWords, treeReport } from './tree-report.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\u202Egnp.exe`;

const row: ExportRow = {
  row: 0,
  depth: 1,
  name: hostile,
  pid: 4242,
  grade: 'ambiguous',
  claimed: false,
  count: 1,
  below: 3,
  flaggedBelow: 1,
  start: Date.UTC(2026, 10, 18, 1, 2, 3),
  end: undefined,
  delta: '+41 ms',
  user: hostile,
  severity: 'high',
  flags: 2,
  details: undefined,
};

const words: ReportWords = {
  language: 'en',
  title: hostile,
  facts: [hostile],
  heads: { process: 'P', start: 'S', delta: 'D', user: 'U', command: 'C', evidence: 'E', flags: 'F' },
  grade: () => hostile,
  severity: () => hostile,
  reason: () => hostile,
  evidence: () => hostile,
  below: () => hostile,
  clock: (moment) => new Date(moment).toISOString().slice(11, 23),
  moment: () => hostile,
  footer: hostile,
  link: hostile,
};

describe('a report', () => {
  const html = treeReport([row], words);

  test('holds no markup of a log', () => {
    expect(html).not.toMatch(/<script|<img/i);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(5);
    expect(html).not.toContain('\u202E');
    expect(html).toContain('[U+202E]');
  });

  test('asks nobody for anything', () => {
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html.replaceAll('src=x', '')).not.toMatch(/\s(src|href)=/);
  });

  test('says what a row says', () => {
    expect(html).toContain('01:02:03.000');
    expect(html).toContain('+41 ms');
  });
});

test('text in markup is text', () => {
  expect(markupText(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  expect(visibleText('a\u200Bb')).toBe('a[U+200B]b');
});
