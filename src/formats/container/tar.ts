import { fault } from '../../core/fault.ts';
import { ticksOfMilliseconds } from '../../core/ticks.ts';
import type { Report } from '../byte-stream.ts';
import { ByteReader } from './byte-reader.ts';
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
  const input = new ByteReader(bytes);
  let longName: string | undefined;
  let pax: ReadonlyMap<string, string> = new Map();
  let defect: number | undefined;
  try {
    for (;;) {
      const begin = input.offset;
      const block = await input.take(BLOCK);
      if (block.length < BLOCK) {
        if (block.some((byte) => byte !== 0))
          report(fault('truncated', 'the tar archive ends within a header', begin));
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

async function* member(
  input: ByteReader,
  header: TarHeader,
  name: string,
  size: number,
): AsyncGenerator<Member> {
  const { report, reportTo } = memberReport();
  const begin = input.offset;
  const content = cutOffReported(input, size, report);
  const modified = header.modified === undefined ? undefined : ticksOfMilliseconds(header.modified * 1000);
  yield { name, size, modified, bytes: content, reportTo };
  // What the reader left of it.
  for await (const _chunk of input.stream(begin + size - input.offset));
}

async function* cutOffReported(input: ByteReader, size: number, report: Report): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of input.stream(size)) {
    read += chunk.length;
    yield chunk;
  }
  if (read < size)
    report(fault('truncated', `the archive ends ${size - read} bytes before the file in it`, read));
}

function reportDefect(report: Report, from: number | undefined, to: number): void {
  if (from !== undefined) report(fault('bad-structure', 'expected a tar header', from, to - from));
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;
