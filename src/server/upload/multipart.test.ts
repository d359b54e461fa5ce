import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MultipartError, multipartBoundary, readMultipart } from './multipart.ts';
import { safeName } from './upload-folder.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function parts(bytes: Buffer, boundary: string, size = 7) {
  const found: { name: string; fileName: string | undefined; text: string }[] = [];
  for await (const item of readMultipart(pieces(bytes, size), boundary)) {
    const last = found.at(-1);
    if (item.kind === 'head') found.push({ name: item.name, fileName: item.fileName, text: '' });
    else if (item.kind === 'bytes' && last) last.text += Buffer.from(item.bytes).toString('latin1');
  }
  return found;
}

function form(boundary: string, files: readonly { readonly name: string; readonly text: string }[]): Buffer {
  const each = files.map(
    ({ name, text }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: x/y\r\n\r\n${text}\r\n`,
  );
  return Buffer.from(`${each.join('')}--${boundary}--\r\n`, 'latin1');
}

describe('a multipart body', () => {
  test('gives its parts, however it is cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '-', 'b', '--bo') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (texts, size) => {
          const files = texts
            .filter((each) => !`\r\n${each}`.includes('\r\n--bo'))
            .map((each, at) => ({ name: `f${at}`, text: each }));
          const found = await parts(form('bo', files), 'bo', size);
          expect(found).toEqual(
            files.map(({ name, text: inside }) => ({ name: 'files', fileName: name, text: inside })),
          );
        },
      ),
    );
  });

  test('is refused where it is cut short, has no name, or a head without end', async () => {
    const whole = form('bo', [{ name: 'a', text: 'some text' }]);
    await expect(parts(whole.subarray(0, whole.length - 6), 'bo')).rejects.toThrow(MultipartError);
    await expect(parts(Buffer.from('--bo\r\nX: y\r\n\r\nz\r\n--bo--'), 'bo')).rejects.toThrow(MultipartError);
    await expect(parts(Buffer.from(`--bo\r\n${'x'.repeat(20_000)}`), 'bo')).rejects.toThrow(MultipartError);
  });

  test('has its boundary in the content type', () => {
    expect(multipartBoundary('multipart/form-data; boundary=abc')).toBe('abc');
    expect(multipartBoundary('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b');
    expect(multipartBoundary('multipart/mixed; boundary=abc')).toBeUndefined();
    expect(multipartBoundary(undefined)).toBeUndefined();
  });
});

describe('the name of an upload', () => {
  test.each([
    ['../../etc/passwd', 'etc/passwd'],
    ['C:\\logs\\Security.evtx', 'C:/logs/Security.evtx'],
    ['/./..//', 'unnamed'],
    ['a\u0000b\n.evtx', 'a_b_.evtx'],
    ['x!y', 'x_y'],
  ])('%j is %j', (given, expected) => {
    expect(safeName(given)).toBe(expected);
  });

  test('is of bounded length', () => {
    expect(safeName(`${'x'.repeat(5000)}.evtx`).length).toBe(200);
  });
});
