import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string | Buffer;
  readonly content: Uint8Array;
  readonly isStored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  /** Bytes behind the packed ones that count as packed. */
  readonly padding?: number;
}

/** A zip archive of the given members (APPNOTE 4.3), what they say about themselves included where it is wrong. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name as string);
    const content = member.isStored ? member.content : deflateRawSync(member.content);
    const packed = Buffer.concat([content, Buffer.alloc(member.padding ?? 0, 'x')]);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(member.flags ?? 0, 2);
    common.writeUInt16LE(member.method ?? (member.isStored ? 0 : 8), 4);
    common.writeUInt16LE(0x5821, 8);
    common.writeUInt32LE(member.crc ?? crc32(member.content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(member.content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, name]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name);
    parts.push(head, packed);
    offset += head.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}
