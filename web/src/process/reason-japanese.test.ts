import { describe, expect, test, vi } from 'vitest';
import { recordIdNotes } from '../../../src/coverage/record-id-text.ts';
import type { FileReason } from '../../../src/evidence/file-reason.ts';
import { matchReasonTexts } from '../../../src/evidence/match-reason.ts';
import { reasonBits } from '../../../src/lineage/reason-bits.ts';

vi.mock('../frame/preferences.ts', () => ({ usePreferences: () => ({ zone: 'UTC' }) }));

const { japaneseReason } = await import('./reason-japanese.ts');

const fileReasons: Readonly<Record<Exclude<FileReason['kind'], 'coverage'>, true>> = {
  'coverage-not-asked': true,
  'renames-not-recorded': true,
  'same-content': true,
  'only-named': true,
  'used-but-not-created': true,
  'named-beside-address': true,
  'not-marked': true,
};

describe.each([
  ['why an edge has its grade', Object.keys(reasonBits)],
  ["why an event is a process's", Object.keys(matchReasonTexts)],
  ['what record ids tell', Object.keys(recordIdNotes).map((verdict) => `record-ids.${verdict}`)],
  ['what is asked of a file', Object.keys(fileReasons).map((kind) => `file.${kind}`)],
])('%s', (_, codes) => {
  test.each(codes)('%s has Japanese words', (code) => {
    expect(japaneseReason({ code, text: 'english' }, 'Asia/Tokyo')).toMatch(
      /[\p{Script=Hiragana}\p{Script=Han}]/u,
    );
  });
});
