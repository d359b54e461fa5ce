/** Pieces of an answer that comes while it is made: bytes, then an end or a failure. */
export type Frame =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'failure'; readonly bytes: Uint8Array };

const codes: Readonly<Record<Frame['kind'], number>> = { bytes: 1, end: 2, failure: 3 };
const headBytes = 5;

/** The head of a frame, to be sent in front of its bytes. */
export function frameHead(kind: Frame['kind'], length = 0): Uint8Array {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(codes[kind], 0);
  head.writeUInt32LE(length, 1);
  return head;
}

/** Reads frames out of bytes that come in pieces of any size. What ends without an end or a failure is an error. */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let wanted = headBytes;
  let code = 0;
  for await (const piece of source) {
    waiting.push(piece);
    size += piece.length;
    while (size >= wanted) {
      const bytes =
        waiting.length === 1 ? Buffer.from(waiting[0] as Uint8Array) : Buffer.concat(waiting, size);
      const taken = bytes.subarray(0, wanted);
      const rest = bytes.subarray(wanted);
      waiting = rest.length > 0 ? [rest] : [];
      size = rest.length;
      if (code === 0) {
        code = taken.readUInt8(0);
        wanted = taken.readUInt32LE(1);
        if (code === codes.end) return yield { kind: 'end' };
        continue;
      }
      yield code === codes.failure ? { kind: 'failure', bytes: taken } : { kind: 'bytes', bytes: taken };
      if (code === codes.failure) return;
      code = 0;
      wanted = headBytes;
    }
  }
  throw new Error('the answer ended before its end');
}
