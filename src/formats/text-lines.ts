import type { Format } from './format.ts';
import { lineCutter } from './line-cutter.ts';
import type { ReadItem } from './record.ts';
import { cutRecords } from './record-cutter.ts';

/** Any text of which no more is known: a record a line, blank lines left out. */
export const textLines: Format = {
  name: 'text',
  input: 'text',
  recognises: () => true,
  read: (source, options) =>
    cutRecords(
      source,
      (limits) =>
        lineCutter(limits, ({ bytes, start, end, offset }, items: ReadItem[]) => {
          items.push({ kind: 'text', raw: bytes.toString('utf8', start, end), offset });
        }),
      options,
    ),
};
