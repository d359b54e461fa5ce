import { crc32 } from 'node:zlib';
import { fault } from '../../core/fault.ts';
import { fileBytes, type Report } from '../byte-stream.ts';
import { nameOfBytes } from '../encoding/name-of-bytes.ts';
import { ByteReader } from './byte-reader.ts';
import { type ArchiveSource, type Member, memberReport } from './container.ts';
import { inflateRaw } from './inflate.ts';
import { withinBudget } from './unpack-budget.ts';

const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const ENCRYPTED = 1;
const SIZES_BEHIND = 8;

/**
 * The members of a zip archive whose directory is missing, as of one that was cut off: by their own headers (APPNOTE
 * 4.3.7), from the beginning up to the first that does not say where it ends.
 */
export async function* salvagedMembers(path: string, archive: ArchiveSource): AsyncGenerator<Member> {
  const { budget, onBytes, report } = archive;
  const reader = new ByteReader(fileBytes(path, report, onBytes));
  try {
    for (;;) {
      const head = await reader.take(30);
      if (head.length < 30 || head.readUInt32LE(0) !== LOCAL_HEADER) return;
      const flags = head.readUInt16LE(6);
      const method = head.readUInt16LE(8);
      const packedSize = head.readUInt32LE(18);
      const name = await reader.take(head.readUInt16LE(26));
      await reader.take(head.readUInt16LE(28));
      const isReadable =
        (flags & ENCRYPTED) === 0 && (method === 8 || (method === 0 && !(flags & SIZES_BEHIND)));
      if (!isReadable) {
        report(fault('unsupported', 'a zip member that cannot be read without the directory', reader.offset));
        if (flags & SIZES_BEHIND) return;
        for await (const _chunk of reader.stream(packedSize));
        continue;
      }
      const own = memberReport();
      const begin = reader.offset;
      const content =
        method === 8 ? inflateRaw(reader, own.report) : cutOffReported(reader, packedSize, own.report);
      let sum = 0;
      let hasEnded = false;
      async function* summed(): AsyncGenerator<Uint8Array> {
        for (let next = await content.next(); ; next = await content.next()) {
          if (next.done) {
            hasEnded = next.value;
            return;
          }
          sum = crc32(next.value, sum);
          yield next.value;
        }
      }
      const bytes = withinBudget(summed(), () => reader.offset - begin, budget, own.report);
      const text = nameOfBytes(name, (flags & 0x800) !== 0);
      yield { name: text, size: undefined, modified: undefined, bytes, reportTo: own.reportTo };
      // Where the member was not read to its end, or is broken, nothing says where the next one begins.
      if (!hasEnded) return;
      const said = flags & SIZES_BEHIND ? await descriptorSum(reader) : head.readUInt32LE(14);
      if (said !== undefined && said !== sum) {
        own.report(fault('bad-checksum', 'the unpacked bytes are not those that were packed', 0));
      }
    }
  } finally {
    await reader.close();
  }
}

async function* cutOffReported(
  reader: ByteReader,
  size: number,
  report: Report,
): AsyncGenerator<Uint8Array, boolean, undefined> {
  let read = 0;
  for await (const chunk of reader.stream(size)) {
    read += chunk.length;
    yield chunk;
  }
  if (read < size)
    report(fault('truncated', `the archive ends ${size - read} bytes before the file in it`, read));
  return read === size;
}

/** The checksum behind a member whose header could not say it yet (APPNOTE 4.3.9). */
async function descriptorSum(reader: ByteReader): Promise<number | undefined> {
  const start = await reader.take(4);
  if (start.length < 4) return undefined;
  const isSigned = start.readUInt32LE(0) === DATA_DESCRIPTOR;
  const sum = isSigned ? await reader.take(4) : start;
  await reader.take(8);
  return sum.length < 4 ? undefined : sum.readUInt32LE(0);
}
