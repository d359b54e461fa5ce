import type { EncodedEvents } from '../encoded-events.ts';

/** What of encoded events is not bytes, and how long the bytes are. */
interface Head {
  readonly indexes: readonly string[];
  readonly fieldNames: readonly string[];
  readonly hosts: readonly string[];
  readonly clocks: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly chunks: readonly number[];
  readonly lengths: readonly number[];
}

const numberArrays = ['rowEnds', 'rowIndexes', 'fields', 'fieldEnds'] as const;

/** Encoded events as bytes: the length of a head in JSON, the head, the memory behind it. Nothing is copied. */
export function toWireEvents(parts: readonly EncodedEvents[]): readonly Uint8Array[] {
  const heads = parts.map((part): Head => {
    const { indexes, fieldNames, hosts, clocks, first, last } = part;
    return {
      indexes,
      fieldNames,
      hosts,
      clocks,
      first: String(first),
      last: String(last),
      chunks: part.chunks.map((chunk) => chunk.length),
      lengths: [part.fingerprints.length, ...numberArrays.map((name) => part[name].byteLength)],
    };
  });
  const head = Buffer.from(JSON.stringify(heads));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const memory = parts.flatMap((part) => [
    ...part.chunks,
    part.fingerprints,
    ...numberArrays.map((name) => bytesOf(part[name])),
  ]);
  return [length, head, ...memory];
}

/** The same back. Fails with a RangeError or TypeError where bytes are missing. */
export function fromWireEvents(bytes: Buffer): readonly EncodedEvents[] {
  const headLength = bytes.readUInt32LE(0);
  let at = 4 + headLength;
  const take = (length: number): Buffer => {
    if (!(length >= 0) || at + length > bytes.length) throw new RangeError('the events end too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  // Numbers have to lie on their own border in memory.
  const numbers = (length: number): Uint32Array => new Uint32Array(Uint8Array.from(take(length)).buffer);
  const heads = JSON.parse(bytes.toString('utf8', 4, at)) as readonly Head[];
  return heads.map(({ chunks, lengths, first, last, ...head }): EncodedEvents => {
    const [fingerprints = 0, rowEnds = 0, rowIndexes = 0, fields = 0, fieldEnds = 0] = lengths;
    return {
      ...head,
      first: BigInt(first),
      last: BigInt(last),
      chunks: chunks.map(take),
      fingerprints: take(fingerprints),
      rowEnds: numbers(rowEnds),
      rowIndexes: numbers(rowIndexes),
      fields: numbers(fields),
      fieldEnds: numbers(fieldEnds),
    };
  });
}

function bytesOf(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
