/** What a multipart body is made of, in its order: the head of each part, its bytes in pieces, its end. */
export type MultipartItem =
  | { readonly kind: 'head'; readonly name: string; readonly fileName: string | undefined }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

/** A body that is not multipart/form-data as RFC 7578 says. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
}

const longestHead = 16 * 1024;
const blankLine = Buffer.from('\r\n\r\n');

/** The boundary in a content type; undefined where it is not multipart/form-data. */
export function multipartBoundary(contentType: string | undefined): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
      contentType ?? '',
    ) ?? [];
  return quoted ?? plain;
}

/** Reads a multipart/form-data body (RFC 7578, RFC 2046 section 5.1) piece by piece: a part may be of any size. */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartItem> {
  const border = Buffer.from(`\r\n--${boundary}`);
  // The first border has no line end in front.
  let held: Buffer = Buffer.from('\r\n');
  let state: 'preamble' | 'head' | 'bytes' | 'closed' = 'preamble';
  for await (const piece of body) {
    if (state === 'closed') continue;
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece]);
    for (;;) {
      if (state === 'head') {
        const isLast = held.length >= 2 && held.toString('latin1', 0, 2) === '--';
        if (isLast) {
          state = 'closed';
          break;
        }
        const end = held.indexOf(blankLine);
        if (end > longestHead || (end < 0 && held.length > longestHead))
          throw new MultipartError('the head of a part is too long');
        if (end < 0) break;
        yield partHead(held.toString('utf8', 0, end));
        held = held.subarray(end + blankLine.length);
        state = 'bytes';
        continue;
      }
      const at = held.indexOf(border);
      if (at >= 0) {
        if (state === 'bytes') {
          if (at > 0) yield { kind: 'bytes', bytes: held.subarray(0, at) };
          yield { kind: 'end' };
        }
        held = held.subarray(at + border.length);
        state = 'head';
        continue;
      }
      // The border may begin at the end of what is here.
      const sure = Math.max(0, held.length - border.length);
      if (state === 'bytes' && sure > 0) yield { kind: 'bytes', bytes: held.subarray(0, sure) };
      held = held.subarray(sure);
      break;
    }
  }
  if (state !== 'closed') throw new MultipartError('the body ends before its last part does');
}

function partHead(text: string): MultipartItem {
  const disposition = /^content-disposition:\s*form-data\s*(;.*)$/im.exec(text)?.[1] ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) throw new MultipartError('a part has no name');
  return { kind: 'head', name, fileName: parameter(disposition, 'filename') };
}

/** Browsers write `"` as `%22`, line ends as `%0D` and `%0A`, and everything else as it is. */
function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  return found?.replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
