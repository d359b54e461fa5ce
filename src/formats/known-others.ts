const signatures: readonly (readonly [bytes: string, name: string])[] = [
  ['377abcaf271c', 'a 7z archive (unpack it first)'],
  ['526172211a07', 'a RAR archive (unpack it first)'],
  ['fd377a585a00', 'xz data (unpack it first)'],
  ['425a68', 'bzip2 data (unpack it first)'],
  ['d4c3b2a1', 'a packet capture'],
  ['a1b2c3d4', 'a packet capture'],
  ['0a0d0d0a', 'a packet capture (pcapng)'],
  ['300000004c664c65', 'a Windows XP event log (.evt)'],
  ['4d5a', 'a Windows program'],
  ['7f454c46', 'an ELF program'],
  ['25504446', 'a PDF document'],
  ['00051607', 'an AppleDouble file'],
  ['89504e47', 'a PNG image'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
  ['72656766', 'a registry hive'],
];

/** What a file of another kind is, by its first bytes; some of them could be a text's, so one of the head must be zero. */
export function knownOther(head: Uint8Array): string | undefined {
  if (!head.includes(0)) return undefined;
  const bytes = Buffer.from(head.subarray(0, 16)).toString('hex');
  return signatures.find(([signature]) => bytes.startsWith(signature))?.[1];
}
