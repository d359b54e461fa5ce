const signatures: readonly (readonly [bytes: string, name: string])[] = [
  ['377abcaf271c', 'a 7z archive; unpack it first'],
  ['526172211a07', 'a RAR archive; unpack it first'],
  ['fd377a585a00', 'xz data; unpack it first'],
  ['425a68', 'bzip2 data; unpack it first'],
  ['d4c3b2a1', 'a packet capture'],
  ['a1b2c3d4', 'a packet capture'],
  ['0a0d0d0a', 'a packet capture (pcapng)'],
  ['300000004c664c65', 'a Windows XP event log (.evt)'],
  ['4d5a', 'a Windows program'],
  ['7f454c46', 'an ELF program'],
  ['25504446', 'a PDF document'],
  ['89504e47', 'a PNG image'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
  ['72656766', 'a registry hive'],
];

/** What to say of a file that is no text and of no format that is read. */
export function knownOthers(head: Uint8Array): string {
  const bytes = Buffer.from(head.subarray(0, 16)).toString('hex');
  const known = signatures.find(([signature]) => bytes.startsWith(signature));
  return known ? `${known[1]}; not read` : `no known format; its first bytes are ${bytes.slice(0, 16)}`;
}
