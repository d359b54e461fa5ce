/** A file as the directory of a zip archive lists it. */
export interface PackedFile {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly packedSize: number;
  /** Where its head is. */
  readonly offset: number;
}

/** What does not fit in 32 bits stands in a Zip64 field (APPNOTE 4.5.3). */
export const most32 = 0xffff_ffff;
const most16 = 0xffff;

/** Version 4.5: Zip64. */
export const zipVersion = 45;
/** Sizes stand behind the data, and names are UTF-8. */
export const zipFlags = 0x0808;
export const deflated = 8;
/** 1980-01-01: the manifest has the time. */
export const dosTime = 0x0021_0000;

/** The directory of an archive and its end; `offset` is where they begin. */
export function zipDirectory(files: readonly PackedFile[], offset: number): Buffer {
  const entries = files.map((file) => {
    const wide = [file.size, file.packedSize, file.offset].filter((value) => value >= most32);
    const extra = wide.length === 0 ? Buffer.alloc(0) : zip64Field(wide.map(BigInt));
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x0201_4b50, 0);
    entry.writeUInt16LE(zipVersion, 4);
    entry.writeUInt16LE(zipVersion, 6);
    entry.writeUInt16LE(zipFlags, 8);
    entry.writeUInt16LE(deflated, 10);
    entry.writeUInt32LE(dosTime, 12);
    entry.writeUInt32LE(file.crc, 16);
    entry.writeUInt32LE(Math.min(file.packedSize, most32), 20);
    entry.writeUInt32LE(Math.min(file.size, most32), 24);
    entry.writeUInt16LE(file.name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(Math.min(file.offset, most32), 42);
    return Buffer.concat([entry, file.name, extra]);
  });
  const all = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(files.length, most16), 8);
  end.writeUInt16LE(Math.min(files.length, most16), 10);
  end.writeUInt32LE(Math.min(all.length, most32), 12);
  end.writeUInt32LE(Math.min(offset, most32), 16);
  const isWide = files.length >= most16 || all.length >= most32 || offset >= most32;
  return Buffer.concat([all, ...(isWide ? [wideEnd(files.length, all.length, offset)] : []), end]);
}

/** The Zip64 end of the directory, and where it is (APPNOTE 4.3.14, 4.3.15). */
function wideEnd(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x0606_4b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(zipVersion, 12);
  end.writeUInt16LE(zipVersion, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x0706_4b50, 56);
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** The extra field of values that did not fit, in the order of their places. */
export function zip64Field(values: readonly bigint[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [at, value] of values.entries()) field.writeBigUInt64LE(value, 4 + at * 8);
  return field;
}
