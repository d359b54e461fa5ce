import type { Format } from '../format.ts';
import { cutRecords } from '../record-cutter.ts';
import { csvCutter } from './csv-cutter.ts';
import { csvLayout } from './csv-header.ts';

/**
 * Tables with a header row, cells divided by commas, tabs or semicolons (RFC 4180): Splunk's export, the Event Viewer's,
 * any other. The first row that is not blank is the header; a table without one is not recognised.
 */
export const csv: Format = {
  name: 'csv',
  input: 'text',
  recognises: (head) => csvLayout(head) !== undefined,
  read: (source, options) => cutRecords(source, csvCutter, options),
};
