import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { fault } from '../../core/fault.ts';
import { ticksOfMilliseconds } from '../../core/ticks.ts';
import type { Report } from '../byte-stream.ts';
import { nameOfBytes } from '../encoding/name-of-bytes.ts';
import { type ArchiveSource, type Container, type Member, memberReport } from './container.ts';
import { inflateAll } from './inflate.ts';
import { counted, type UnpackBudget, withinBudget } from './unpack-budget.ts';
import { endOfZip, FilePart } from './zip-end.ts';
import { salvagedMembers } from './zip-salvage.ts';

/** Zip archives (PKWARE APPNOTE), read by their central directory. */
export const zip: Container = {
  name: 'zip',
  recognises: (head) => {
    const [first, second, third, fourth] = head;
    if (first !== 0x50 || second !== 0x4b) return false;
    return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
  },
  members,
};

async function* members(archive: ArchiveSource): AsyncGenerator<Member> {
  if (archive.path !== undefined) {
    yield* membersOfFile(archive.path, archive);
    return;
  }
  // The directory is at the archive's end, so an archive within another is put down under a name of our own.
  const folder = await mkdtemp(join(tmpdir(), 'keizu-'));
  try {
    const path = join(folder, 'archive.zip');
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of archive.bytes) await file.write(chunk);
    } finally {
      await file.close();
    }
    yield* membersOfFile(path, { ...archive, onBytes: () => {} });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* membersOfFile(path: string, archive: ArchiveSource): AsyncGenerator<Member> {
  const { report } = archive;
  let file: yauzl.ZipFile;
  try {
    // Names as bytes: decoded ones would end the reading at the first that tries to leave the folder.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
    const { size, extra } = await endOfZip(path);
    if (extra > 0) report(fault('bad-structure', `${extra} bytes behind the zip archive's end`, size, extra));
    file = await yauzl.fromRandomAccessReaderPromise(new FilePart(path), size, options);
  } catch (error) {
    const found = (error as Error).message;
    report(fault('bad-structure', `zip archive without its directory, read member by member: ${found}`, 0));
    yield* salvagedMembers(path, archive);
    return;
  }
  file.on('error', () => {});
  try {
    const entries = file.eachEntry();
    for (;;) {
      let next: IteratorResult<yauzl.Entry>;
      try {
        next = await entries.next();
      } catch (error) {
        report(fault('bad-structure', `zip directory: ${(error as Error).message}`, 0));
        return;
      }
      if (next.done) return;
      if (!isFolder(next.value)) yield memberOf(file, next.value, archive);
    }
  } finally {
    file.close();
  }
}

function isFolder(entry: yauzl.Entry): boolean {
  return entry.fileNameRaw.at(-1) === 0x2f && entry.uncompressedSize === 0;
}

function memberOf(file: yauzl.ZipFile, entry: yauzl.Entry, { budget, onBytes }: ArchiveSource): Member {
  const { report, reportTo } = memberReport();
  return {
    name: nameOfBytes(entry.fileNameRaw, (entry.generalPurposeBitFlag & 0x800) !== 0),
    size: entry.uncompressedSize,
    modified: ticksOfMilliseconds(entry.getLastModDate({ timezone: 'UTC' }).getTime()),
    bytes: contentOf(file, entry, budget, onBytes, report),
    reportTo,
  };
}

const STORED = 0;
const DEFLATED = 8;

async function* contentOf(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  budget: UnpackBudget,
  onBytes: (bytes: number) => void,
  report: Report,
): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) {
    report(fault('unsupported', 'encrypted; unpack it with its password first', 0));
    return;
  }
  const { compressionMethod } = entry;
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    report(fault('unsupported', `packed by method ${compressionMethod}; stored and deflated are read`, 0));
    return;
  }
  const packed = counted(packedBytes(file, entry, onBytes, report));
  const unpacked = compressionMethod === DEFLATED ? inflateAll(packed.bytes, report) : packed.bytes;
  let sum = 0;
  let size = 0;
  for await (const chunk of withinBudget(unpacked, packed.read, budget, report)) {
    sum = crc32(chunk, sum);
    size += chunk.length;
    yield chunk;
  }
  // A smaller size was reported by what stopped the unpacking.
  if (size === entry.uncompressedSize && sum !== entry.crc32) {
    report(fault('bad-checksum', 'the unpacked bytes are not those that were packed', 0, size));
  } else if (size > entry.uncompressedSize) {
    const said = `${size} bytes were unpacked, the directory says ${entry.uncompressedSize}`;
    report(fault('bad-structure', said, entry.uncompressedSize));
  }
}

async function* packedBytes(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  onBytes: (bytes: number) => void,
  report: Report,
): AsyncGenerator<Uint8Array> {
  try {
    const stream = await file.openReadStreamPromise(entry, { decodeFileData: false });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (error) {
    report(fault('bad-structure', `zip member: ${(error as Error).message}`, 0));
  }
}
