import { type Fault, fault } from '../core/fault.ts';
import { defaultReadLimits, type ReadLimits } from '../core/limits.ts';
import type { Ticks } from '../core/ticks.ts';
import { fileBytes, type Peeked, peek, withoutFirst } from './byte-stream.ts';
import type { Compression } from './container/compression.ts';
import type { Container } from './container/container.ts';
import { type FoundFile, findFiles, type UnreadablePath } from './container/folder.ts';
import { counted, isSpent, newBudget, type UnpackBudget, withinBudget } from './container/unpack-budget.ts';
import { detectEncoding } from './encoding/encoding.ts';
import { utf8Stream } from './encoding/utf8-stream.ts';
import { type ByteSource, type Format, HEAD_BYTES } from './format.ts';
import { knownOther } from './known-others.ts';
import type { ReadItem } from './record.ts';
import { compressions, containers, formats } from './registry.ts';

/** One file, or one member of an archive, that is read. */
export interface SourceInfo {
  /** The path, and behind it the members of archives, divided by `!`: `case.zip!logs/Security.evtx`. Unescaped. */
  readonly origin: string;
  /** Path of the file on disk. */
  readonly path: string;
  /** Bytes of the file on disk; undefined for a pipe. */
  readonly fileSize: number | undefined;
  /** Bytes of this source, unpacked, where that is known beforehand. */
  readonly size: number | undefined;
  /** When it was last written to. */
  readonly modified: Ticks | undefined;
}

/**
 * A part of what a source holds. Every source ends with a batch that `isLast`, which may be empty. An archive is a source
 * itself: its own faults come under its origin, behind its members.
 */
export interface SourceBatch {
  readonly source: SourceInfo;
  /** Name of the format or container; `skipped`, or `unknown` where it could not be read as anything. */
  readonly format: string;
  readonly items: readonly ReadItem[];
  /** Bytes of the file on disk that have been read so far. */
  readonly bytesRead: number;
  readonly isLast: boolean;
}

export interface ReadSourcesOptions {
  readonly signal?: AbortSignal;
  readonly limits?: ReadLimits;
  /** Whether to leave a source alone; `head` is its first bytes. */
  readonly skip?: (origin: string, head: Uint8Array) => boolean;
}

/** Reads files, folders and archives in order: every record and every fault of every source. Throws only on abort. */
export async function* readSources(
  paths: readonly string[],
  options: ReadSourcesOptions = {},
): AsyncGenerator<SourceBatch> {
  for await (const found of findFiles(paths)) {
    options.signal?.throwIfAborted();
    yield* readFound(found, options);
  }
}

/** Reads one of the files that `findFiles` gives, as `readSources` does. */
export async function* readFound(
  found: FoundFile | UnreadablePath,
  options: ReadSourcesOptions = {},
): AsyncGenerator<SourceBatch> {
  if (found.kind === 'file') yield* new FileReader(found, options).read();
  else {
    const { path, name = path } = found;
    const source = { origin: name, path, fileSize: undefined, size: undefined, modified: undefined };
    yield { source, format: 'unknown', items: [found.fault], bytesRead: 0, isLast: true };
  }
}

/** A stream to read, with how deep in containers it is. */
interface Layer {
  readonly source: SourceInfo;
  readonly bytes: ByteSource;
  readonly depth: number;
  /** Whether `bytes` are those of the file on disk. */
  readonly isFile: boolean;
  /** What is wrong with the stream itself gathers here. */
  readonly faults: Fault[];
}

class FileReader {
  private readonly file: FoundFile;
  private readonly options: ReadSourcesOptions;
  private readonly limits: ReadLimits;
  private readonly budget: UnpackBudget;

  constructor(file: FoundFile, options: ReadSourcesOptions) {
    this.file = file;
    this.options = options;
    this.limits = options.limits ?? defaultReadLimits;
    this.budget = newBudget(this.limits);
  }

  async *read(): AsyncGenerator<SourceBatch> {
    const { path, name = path, size, modified } = this.file;
    const faults: Fault[] = [];
    const bytes = fileBytes(path, (problem) => faults.push(problem), this.onBytes);
    const source = { origin: name, path, fileSize: size, size, modified };
    yield* this.readLayer({ source, bytes, depth: 0, isFile: true, faults });
  }

  private readonly onBytes = (bytes: number) => {
    this.budget.fileRead += bytes;
  };

  private async *readLayer(layer: Layer): AsyncGenerator<SourceBatch> {
    const { source, faults } = layer;
    const peeked = await peek(layer.bytes, HEAD_BYTES);
    try {
      const { head } = peeked;
      if (head.length === 0) {
        if (faults.length === 0) faults.push(fault('empty', 'no bytes', 0));
        yield this.last(layer, 'unknown');
      } else if (this.options.skip?.(source.origin, head)) yield this.last(layer, 'skipped');
      else yield* this.readRecognised(layer, peeked);
    } finally {
      await peeked.close();
    }
  }

  private async *readRecognised(layer: Layer, peeked: Peeked): AsyncGenerator<SourceBatch> {
    const { head } = peeked;
    const compression = compressions.find((known) => known.recognises(head));
    const container = compression ? undefined : containers.find((known) => known.recognises(head));
    if ((compression || container) && layer.depth >= this.limits.containerDepth) {
      const message = `containers within containers, more than ${this.limits.containerDepth} deep`;
      layer.faults.push(fault('too-deep', message, 0));
      yield this.last(layer, 'unknown');
      return;
    }
    if (compression) yield* this.readCompressed(layer, peeked, compression);
    else if (container) yield* this.readMembers(layer, peeked, container);
    else {
      const binary = formats.find((format) => format.input === 'binary' && format.recognises(head));
      if (binary) yield* this.readFormat(layer, binary, peeked.bytes, 0);
      else yield* this.readText(layer, peeked);
    }
  }

  private async *readCompressed(
    layer: Layer,
    peeked: Peeked,
    compression: Compression,
  ): AsyncGenerator<SourceBatch> {
    const report = (problem: Fault) => layer.faults.push(problem);
    const packed = counted(peeked.bytes);
    const unpacked = compression.unpack(packed.bytes, report);
    const bytes = withinBudget(unpacked, packed.read, this.budget, report);
    const source = { ...layer.source, size: undefined };
    yield* this.readLayer({ source, bytes, depth: layer.depth + 1, isFile: false, faults: layer.faults });
  }

  private async *readMembers(
    layer: Layer,
    peeked: Peeked,
    container: Container,
  ): AsyncGenerator<SourceBatch> {
    const { source, depth, faults } = layer;
    const { budget } = this;
    const members = container.members({
      bytes: peeked.bytes,
      path: layer.isFile && source.fileSize !== undefined ? source.path : undefined,
      budget,
      onBytes: this.onBytes,
      report: (problem) => faults.push(problem),
    });
    for await (const member of members) {
      this.options.signal?.throwIfAborted();
      budget.members++;
      if (isSpent(budget)) {
        faults.push(fault('too-large', `unpacking stopped before member ${budget.members}`, 0));
        break;
      }
      const inner: Fault[] = [];
      member.reportTo((problem) => inner.push(problem));
      const { name, size, modified, bytes } = member;
      const memberSource = { ...source, origin: `${source.origin}!${name}`, size, modified };
      yield* this.readLayer({ source: memberSource, bytes, depth: depth + 1, isFile: false, faults: inner });
    }
    yield this.last(layer, container.name);
  }

  private async *readText(layer: Layer, { head, isAll, bytes }: Peeked): AsyncGenerator<SourceBatch> {
    const other = knownOther(head);
    const detected = other === undefined ? detectEncoding(head, isAll) : undefined;
    if (!detected) {
      const first = head.toString('hex', 0, 8);
      const message =
        other === undefined ? `no known format; its first bytes are ${first}` : `${other}; not read`;
      layer.faults.push(fault('unsupported', message, 0));
      yield this.last(layer, 'unknown');
      return;
    }
    const { encoding, mark } = detected;
    const report = ({ code, message, offset }: Fault) =>
      layer.faults.push(fault(code, message, offset + mark));
    const text = await peek(utf8Stream(withoutFirst(bytes, mark), encoding, report), HEAD_BYTES);
    try {
      const format = formats.find((known) => known.input === 'text' && known.recognises(text.head));
      if (!format) throw new Error('no format takes any text');
      const start = encoding === 'utf-8' ? mark : 0;
      yield* this.readFormat(layer, format, text.bytes, start);
    } finally {
      await text.close();
    }
  }

  private async *readFormat(
    layer: Layer,
    format: Format,
    bytes: ByteSource,
    start: number,
  ): AsyncGenerator<SourceBatch> {
    const { signal } = this.options;
    const options = { start, limits: this.limits, ...(signal ? { signal } : {}) };
    let found = 0;
    for await (const items of format.read(bytes, options)) {
      found += items.length;
      const { source } = layer;
      yield { source, format: format.name, items, bytesRead: this.bytesRead(), isLast: false };
    }
    const isBlank = format.input === 'text' && found === 0;
    if (isBlank && layer.faults.length === 0) layer.faults.push(fault('empty', 'no records', 0));
    yield this.last(layer, format.name);
  }

  private last({ source, faults, depth }: Layer, format: string): SourceBatch {
    const { fileSize } = source;
    const isFile = depth === 0 && fileSize !== undefined;
    const bytesRead = isFile ? fileSize : this.bytesRead();
    return { source, format, items: faults.splice(0), bytesRead, isLast: true };
  }

  /** A zip archive's beginning is read twice, so what was read can be more than there is. */
  private bytesRead(): number {
    return Math.min(this.budget.fileRead, this.file.size ?? this.budget.fileRead);
  }
}
