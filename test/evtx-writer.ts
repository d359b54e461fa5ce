import { crc32 } from 'node:zlib';

/** Text, a value's place, or markup, in a template that is to be written. */
export type TestNode =
  | string
  | { readonly value: number; readonly optional?: boolean }
  | { readonly cdata: string }
  | { readonly character: number }
  | { readonly entity: string }
  | { readonly processing: readonly [target: string, data: string] }
  | TestElement;

export interface TestElement {
  readonly name: string;
  readonly dependency?: number;
  readonly attributes?: Readonly<Record<string, readonly TestNode[]>>;
  /** Without children the element is written as `<a/>`. */
  readonly children?: readonly TestNode[];
}

/** A value with the code of its type; `write` puts its bytes where the chunk is being written. */
export interface TestValue {
  readonly type: number;
  write(chunk: ChunkWriter): void;
}

export interface TestRecord {
  readonly id: bigint;
  readonly template: TestElement;
  readonly values: readonly TestValue[];
}

/** A value of given bytes. */
export function bytesValue(type: number, bytes: Uint8Array): TestValue {
  return { type, write: (chunk) => chunk.bytes(bytes) };
}

export function textValue(text: string): TestValue {
  return bytesValue(0x01, Buffer.from(text, 'utf16le'));
}

export function nullValue(): TestValue {
  return bytesValue(0x00, Buffer.alloc(0));
}

/** A little-endian number of 1, 2, 4 or 8 bytes. */
export function numberValue(type: number, width: 1 | 2 | 4 | 8, number: number | bigint): TestValue {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(number)));
  return bytesValue(type, bytes.subarray(0, width));
}

/** Texts as an array: each ends with a NUL. */
export function textsValue(texts: readonly string[]): TestValue {
  return bytesValue(0x81, Buffer.from(texts.map((text) => `${text}\0`).join(''), 'utf16le'));
}

/** BinXML as a value: an instance of a template. */
export function nestedValue(template: TestElement, values: readonly TestValue[]): TestValue {
  return {
    type: 0x21,
    write: (chunk) => {
      chunk.fragmentHeader();
      chunk.templateInstance(template, values);
      chunk.u8(0);
    },
  };
}

/** BinXML as a value: elements written out, with or without dependency ids. */
export function elementsValue(elements: readonly TestElement[], dependencies: boolean): TestValue {
  return {
    type: 0x21,
    write: (chunk) => {
      for (const element of elements) {
        chunk.fragmentHeader();
        chunk.node(element, dependencies);
      }
      chunk.u8(0);
    },
  };
}

/** Writes one chunk, record after record, as Windows does: names and definitions stand where they are used first. */
export class ChunkWriter {
  readonly buffer = Buffer.alloc(65_536);
  position = 512;
  private readonly names = new Map<string, number>();
  private readonly templates = new Map<TestElement, number>();
  private first = 0n;
  private last = 0n;
  private lastAt = 512;

  u8(value: number): void {
    this.position = this.buffer.writeUInt8(value, this.position);
  }

  u16(value: number): void {
    this.position = this.buffer.writeUInt16LE(value, this.position);
  }

  u32(value: number): void {
    this.position = this.buffer.writeUInt32LE(value >>> 0, this.position);
  }

  bytes(bytes: Uint8Array): void {
    if (this.position + bytes.length > this.buffer.length) throw new RangeError('The chunk is full.');
    this.buffer.set(bytes, this.position);
    this.position += bytes.length;
  }

  private countedText(text: string): void {
    this.u16(text.length);
    this.bytes(Buffer.from(text, 'utf16le'));
  }

  fragmentHeader(): void {
    this.bytes(Uint8Array.of(0x0f, 1, 1, 0));
  }

  /** Adds a record; `write` gives its BinXML. */
  record(id: bigint, filetime: bigint, write: () => void): void {
    const start = this.position;
    this.lastAt = start;
    if (this.first === 0n) this.first = id;
    this.last = id;
    this.u32(0x2a2a);
    this.u32(0);
    this.position = this.buffer.writeBigUInt64LE(id, this.position);
    this.position = this.buffer.writeBigUInt64LE(filetime, this.position);
    write();
    while ((this.position - start) % 8 !== 4) this.u8(0);
    const size = this.position + 4 - start;
    this.u32(size);
    this.buffer.writeUInt32LE(size, start + 4);
  }

  add({ id, template, values }: TestRecord): void {
    this.record(id, 133_000_000_000_000_000n + id, () => {
      this.fragmentHeader();
      this.templateInstance(template, values);
      this.u8(0);
    });
  }

  templateInstance(template: TestElement, values: readonly TestValue[]): void {
    this.bytes(Uint8Array.of(0x0c, 1));
    this.u32(0x1234);
    const known = this.templates.get(template);
    this.u32(known ?? this.position + 4);
    if (known === undefined) this.definition(template);
    this.u32(values.length);
    const descriptors = this.position;
    this.bytes(Buffer.alloc(4 * values.length));
    values.forEach((value, index) => {
      const start = this.position;
      value.write(this);
      this.buffer.writeUInt16LE(this.position - start, descriptors + 4 * index);
      this.buffer.writeUInt8(value.type, descriptors + 4 * index + 2);
    });
  }

  private definition(template: TestElement): void {
    const start = this.position;
    this.templates.set(template, start);
    this.u32(0);
    this.bytes(Buffer.alloc(16, this.templates.size));
    this.u32(0);
    this.fragmentHeader();
    this.node(template, true);
    this.u8(0);
    this.buffer.writeUInt32LE(this.position - start - 24, start + 20);
  }

  node(node: TestNode, dependencies: boolean): void {
    if (typeof node === 'string') {
      this.bytes(Uint8Array.of(0x05, 0x01));
      this.countedText(node);
    } else if ('value' in node) {
      this.u8(node.optional === true ? 0x0e : 0x0d);
      this.u16(node.value);
      this.u8(0x01);
    } else if ('cdata' in node) {
      this.u8(0x07);
      this.countedText(node.cdata);
    } else if ('character' in node) {
      this.u8(0x08);
      this.u16(node.character);
    } else if ('entity' in node) {
      this.u8(0x09);
      this.name(node.entity);
    } else if ('processing' in node) {
      this.u8(0x0a);
      this.name(node.processing[0]);
      this.u8(0x0b);
      this.countedText(node.processing[1]);
    } else this.element(node, dependencies);
  }

  private element(element: TestElement, dependencies: boolean): void {
    const attributes = Object.entries(element.attributes ?? {});
    this.u8(attributes.length > 0 ? 0x41 : 0x01);
    if (dependencies) this.u16(element.dependency ?? 0xffff);
    const sizeAt = this.position;
    this.u32(0);
    this.name(element.name);
    if (attributes.length > 0) {
      const listAt = this.position;
      this.u32(0);
      attributes.forEach(([name, parts], index) => {
        this.u8(index + 1 < attributes.length ? 0x46 : 0x06);
        this.name(name);
        for (const part of parts) this.node(part, dependencies);
      });
      this.buffer.writeUInt32LE(this.position - listAt - 4, listAt);
    }
    if (element.children === undefined) this.u8(0x03);
    else {
      this.u8(0x02);
      for (const child of element.children) this.node(child, dependencies);
      this.u8(0x04);
    }
    this.buffer.writeUInt32LE(this.position - sizeAt - 4, sizeAt);
  }

  private name(name: string): void {
    const known = this.names.get(name);
    this.u32(known ?? this.position + 4);
    if (known !== undefined) return;
    this.names.set(name, this.position);
    this.u32(0);
    this.u16(0);
    this.countedText(name);
    this.u16(0);
  }

  /** The chunk's bytes with its header and checksums. */
  finish(): Buffer {
    const { buffer } = this;
    buffer.write('ElfChnk\0', 0, 'latin1');
    buffer.writeBigUInt64LE(this.first, 8);
    buffer.writeBigUInt64LE(this.last, 16);
    buffer.writeBigUInt64LE(this.first, 24);
    buffer.writeBigUInt64LE(this.last, 32);
    buffer.writeUInt32LE(128, 40);
    buffer.writeUInt32LE(this.lastAt, 44);
    buffer.writeUInt32LE(this.position, 48);
    sealChunk(buffer);
    return buffer;
  }
}

/** Writes the checksums of a chunk anew, as after a change that is to look right. */
export function sealChunk(chunk: Buffer): void {
  chunk.writeUInt32LE(crc32(chunk.subarray(512, chunk.readUInt32LE(48))), 52);
  chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124);
}

/** A file of chunks; the header counts them unless told otherwise. */
export function evtxFile(chunks: readonly Buffer[], flags = 0, claimedChunks = chunks.length): Buffer {
  const header = Buffer.alloc(4096);
  header.write('ElfFile\0', 0, 'latin1');
  header.writeBigUInt64LE(BigInt(Math.max(0, claimedChunks - 1)), 16);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(4096, 40);
  header.writeUInt16LE(claimedChunks, 42);
  header.writeUInt32LE(flags, 120);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return Buffer.concat([header, ...chunks]);
}

export function chunkOf(records: readonly TestRecord[]): Buffer {
  const writer = new ChunkWriter();
  for (const record of records) writer.add(record);
  return writer.finish();
}

/** An event's template around what stands beside System. Its first four values are event id, time, record id, computer. */
export function eventTemplate(...body: readonly TestNode[]): TestElement {
  return {
    name: 'Event',
    attributes: { xmlns: ['http://schemas.microsoft.com/win/2004/08/events/event'] },
    children: [
      {
        name: 'System',
        children: [
          { name: 'Provider', attributes: { Name: ['Keizu-Test'] } },
          { name: 'EventID', children: [{ value: 0 }] },
          { name: 'TimeCreated', attributes: { SystemTime: [{ value: 1 }] } },
          { name: 'EventRecordID', children: [{ value: 2 }] },
          { name: 'Computer', children: [{ value: 3 }] },
        ],
      },
      ...body,
    ],
  };
}

/** The first four values of `eventTemplate`. */
export function systemValues(id: bigint): readonly TestValue[] {
  return [
    numberValue(0x06, 2, 4688),
    numberValue(0x11, 8, 133_366_208_701_234_567n),
    numberValue(0x0a, 8, id),
    textValue('host.example.test'),
  ];
}
