import { describe, expect, test } from 'vitest';
import { caseReport } from './case-report.ts';
import { readTags } from './tags.ts';

const hostile = '</p><script>alert(1)</script>\u202E';

describe('a report of a case', () => {
  const html = caseReport(
    {
      case: {
        id: 'c',
        name: hostile,
        description: `one\n${hostile}`,
        status: 'open',
        tags: [],
        createdBy: 'ann',
        created: null,
        updated: null,
        items: 1,
      },
      items: [
        {
          id: 'i',
          caseId: 'c',
          pin: { kind: 'process', host: 'h', processId: 'p' },
          text: hostile,
          tags: [hostile],
          author: hostile,
          created: '2026-11-18T01:02:03.0000000Z',
          updated: null,
          pinned: {
            process: {
              id: 'p',
              pid: 7,
              name: hostile,
              image: null,
              start: null,
              end: null,
              basis: 'started',
              commandLine: hostile,
              host: hostile,
            },
            event: null,
          },
        },
      ],
    },
    {
      language: 'en',
      clock: (moment) => new Date(moment).toISOString(),
      made: 'now',
      missing: 'gone',
      said: ({ summary }) => summary,
    },
  );

  test('holds no markup of a log or of a note', () => {
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toContain('\u202E');
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(6);
  });

  test('keeps lines, times and ids', () => {
    expect(html).toContain('one\n&lt;/p&gt;');
    expect(html).toContain('2026-11-18T01:02:03.000Z');
  });
});

test('tags are parted by commas or blanks, each once', () => {
  expect(readTags('c2, lateral、c2  stage1,')).toEqual(['c2', 'lateral', 'stage1']);
});
