import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteText } from './byte-text.ts';

const written = (write: (into: ByteText) => void): string => {
  const text = new ByteText(4);
  write(text);
  return text.bytes.toString('utf8', 0, text.length);
};

test('JSON and quoted texts are those of strings, whatever they hold and however long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^["\\\n\u0001ab]{0,200}$/),
      (one, other) => {
        for (const text of [one, other, one + other.repeat(9)]) {
          const bytes = Buffer.from(`<${text}>`);
          const end = bytes.length - 1;
          expect(written((into) => into.json(bytes, 1, end))).toBe(JSON.stringify(text));
          expect(written((into) => into.quoted(bytes, 1, end))).toBe(`"${text.replaceAll('"', '""')}"`);
          expect(written((into) => into.copy(bytes, 1, end))).toBe(text);
          expect(written((into) => into.text(text))).toBe(text);
        }
      },
    ),
  );
});

test('JSON of runs with escapes between them, far from each other and near', () => {
  const run = fc.nat(200).map((length) => 'x'.repeat(length));
  const part = fc.oneof(run, fc.constantFrom('"', '\\', '\n', '\u0001', '日本', '"\\"'));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.nat(7), (parts, offset) => {
      const text = parts.join('');
      const bytes = Buffer.from('<'.repeat(offset) + text);
      expect(written((into) => into.json(bytes, offset, bytes.length))).toBe(JSON.stringify(text));
    }),
  );
});

test('every control character is escaped as JSON.stringify does', () => {
  const all = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));
  const bytes = Buffer.from(all);
  expect(written((into) => into.json(bytes, 0, bytes.length))).toBe(JSON.stringify(all));
});

test('what was cleared is gone, and its memory is used again', () => {
  const text = new ByteText(8);
  text.text('x'.repeat(100));
  const memory = text.bytes;
  text.clear();
  text.byte(0x61);
  expect([text.length, text.bytes.toString('utf8', 0, 1), text.bytes === memory]).toEqual([1, 'a', true]);
});
