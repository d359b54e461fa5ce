import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countHidden, hiddenTags, textParts } from './hidden-characters.ts';

const tags = (text: string, keepLines?: boolean) =>
  textParts(text, keepLines).map((part) =>
    part.kind === 'hidden' ? `<${part.tag} ${part.why}>` : part.text,
  );

describe('the parts of a recorded text', () => {
  test('characters that turn the direction, have no width or control are tags', () => {
    expect(tags('invoice\u202Efdp.exe')).toEqual(['invoice', '<U+202E bidi>', 'fdp.exe']);
    expect(tags('OneDrive\u200BUpd')).toEqual(['OneDrive', '<U+200B zero-width>', 'Upd']);
    expect(tags('cmd\u001B[2J')).toEqual(['cmd', '<U+001B control>', '[2J']);
    expect(tags('a\u{E0041}b')).toEqual(['a', '<U+E0041 zero-width>', 'b']);
    expect(tags('\uD800x')).toEqual(['<U+D800 control>', 'x']);
  });

  test('line feeds and tabs are tags unless lines are kept', () => {
    expect(tags('a\tb\nc')).toEqual(['a', '<⇥ tab>', 'b', '<↵ line-break>', 'c']);
    expect(tags('a\r\nb\rc')).toEqual(['a', '<↵ line-break>', 'b', '<U+000D control>', 'c']);
    expect(textParts('\r\n')).toMatchObject([{ text: '\r\n', codes: 'U+000D U+000A' }]);
    expect(tags('a\r\nb', true)).toEqual(['a\r\nb']);
    expect(countHidden('a\r\nb\r')).toBe(1);
    expect(tags('a\tb\nc\r', true)).toEqual(['a\tb\nc', '<U+000D control>']);
  });

  test('ordinary writing of any language stays whole', () => {
    for (const text of ['C:\\Windows\\system32', '系図 エイリアス', 'مرحبا', '👍🏽', 'é'])
      expect(tags(text)).toEqual([text]);
  });

  test('nothing is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, keepLines) => {
        expect(
          textParts(text, keepLines)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('counts and names what is hidden', () => {
    expect(countHidden('a\u200Bb\u200Bc\u202E\n')).toBe(3);
    expect(hiddenTags('a\u200Bb\u200Bc\u202E')).toEqual(['U+200B', 'U+202E']);
    expect(countHidden('plain')).toBe(0);
  });
});
