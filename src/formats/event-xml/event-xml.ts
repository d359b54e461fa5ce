import type { Format } from '../format.ts';
import { cutRecords } from '../record-cutter.ts';
import { eventCutter } from './event-cutter.ts';

const namespace = 'http://schemas.microsoft.com/win/2004/08/events/event';

/** Lines of a RADIUS server's accounting log are elements of the same name. */
const accounting = '<Event><Timestamp data_type=';

/** Windows events as XML: single, one a line, over several lines, or in an `<Events>` document. */
export const eventXml: Format = {
  name: 'event-xml',
  input: 'text',
  recognises(head) {
    const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8').trimStart();
    if (text.startsWith(accounting)) return false;
    if (text.startsWith('<')) return /<Event[\s>/]/.test(text) || text.startsWith('<Events');
    // Lines that a shipper put its own header before.
    const firstLine = text.slice(0, Math.max(0, text.indexOf('\n')) || undefined);
    return /<Event\s/.test(firstLine) && firstLine.includes(namespace) && !/^["{[]/.test(firstLine);
  },
  read: (source, options) => cutRecords(source, eventCutter, options),
};
