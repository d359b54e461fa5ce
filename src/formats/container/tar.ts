import { fault } from '../../core/fault.ts';
import { ticksOfMilliseconds } from '../../core/ticks.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import { type ArchiveSource, type Container, type Member, memberReport } from './container.ts';
import { BLOCK, isTarHeader, parsePax, parseTarHeader, type TarHeader } from './tar-header.ts';

export const tar: Container = { name: 'tar', recognises: isTarHeader, members };

/** A longer name or pax header is none of a log archive. */
const EXTENSION_BYTES = 1024 * 1024;

/**
 * Read by our own reader, so that a member that is cut off is kept as far as it goes; behind a defect the next header is
 * looked for.
 */
async function* members({ bytes, report }: ArchiveSource): AsyncGenerator<Member> {
  const input = new BlockReader(bytes);
  let longName: string | undefined;
  let pax: ReadonlyMap<string, string> = new Map();
  let defect: number | undefined;
  try {
    for (;;) {
      const begin = input.offset;
      const block = await input.take(BLOCK);
      if (block.length < BLOCK) {
        if (block.some((byte) => byte !== 0)) report(fault('truncated', 'the tar archive ends within a header', begin));
        break;
      }
      const header = block.every((byte) => byte === 0) ? undefined : parseTarHeader(block);
      if (!header) {
        if (block.some((byte) => byte !== 0)) defect ??= begin;
        continue;
      }
      reportDefect(report, defect, begin);
      defect = undefined;
      if ('xgLK'.includes(header.type)) {
        if (header.size > EXTENSION_BYTES) {
          report(fault('too-large', `a tar header of ${header.size} bytes`, begin, header.size));
          for await (const _chunk of input.stream(header.size));
        } else {
          const data = await input.take(header.size);
          if (header.type === 'x') pax = parsePax(data);
          if (header.type === 'L') longName = data.toString('utf8').replace(/\0.*$/s, '');
        }
        await input.take(padding(header.size));
        continue;
      }
      const size = Number(pax.get('size') ?? header.size);
      const name = pax.get('path') ?? longName ?? header.name;
      pax = new Map();
      longName = undefined;
      const isFile = header.type === '0' || header.type === '\0' || header.type === '7';
      const holds = Number.isSafeInteger(size) && size >= 0 ? size : header.size;
      if (isFile && !name.endsWith('/')) yield* member(input, header, name, holds);
      else for await (const _chunk of input.stream(holds));
      await input.take(padding(holds));
    }
    reportDefect(report, defect, input.offset);
  } finally {
    await input.close();
  }
}

async function* member(input: BlockReader, header: TarHeader, name: string, size: number): AsyncGenerator<Member> {
  const { report, reportTo } = memberReport();
  const begin = input.offset;
  const content = cutOffReported(input, size, report);
  const modified = header.modified === undefined ? undefined : ticksOfMilliseconds(header.modified * 1000);
  yield { name, size, modified, bytes: content, reportTo };
  // What the reader left of it.
  for await (const _chunk of input.stream(begin + size - input.offset));
}

async function* cutOffReported(input: BlockReader, size: number, report: Report): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of input.stream(size)) {
    read += chunk.length;
    yield chunk;
  }
  if (read < size) report(fault('truncated', `the archive ends ${size - read} bytes before the file in it`, read));
}

function reportDefect(report: Report, from: number | undefined, to: number): void {
  if (from !== undefined) report(fault('bad-structure', 'expected a tar header', from, to - from));
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

/** Takes a stream by pieces of a wanted size. */
class BlockReader {
  offset = 0;
  private readonly iterator: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** The next `size` bytes; fewer where the stream ends. */
  async take(size: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.stream(size)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async *stream(size: number): AsyncGenerator<Uint8Array> {
    let left = size;
    while (left > 0) {
      if (this.rest.length === 0) {
        const next = await this.iterator.next();
        if (next.done) return;
        this.rest = next.value;
        continue;
      }
      const piece = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(piece.length);
      left -= piece.length;
      this.offset += piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }
}
