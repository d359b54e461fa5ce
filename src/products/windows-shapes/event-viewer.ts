import type { RowRecord } from '../../formats/record.ts';
import { assemble } from './assemble.ts';
import { readClock } from './clock-text.ts';
import { channelOfProvider } from './provider-channel.ts';
import { newParts, type WindowsRecord } from './windows-record.ts';

/** The column names of Event Viewer's "Save as CSV" in one language. The message has no name: it is the sixth cell. */
interface Header {
  readonly level: string;
  readonly time: string;
  readonly source: string;
  readonly id: string;
  readonly task: string;
}

const headers: readonly Header[] = [
  { level: 'Level', time: 'Date and Time', source: 'Source', id: 'Event ID', task: 'Task Category' },
  { level: 'レベル', time: '日付と時刻', source: 'ソース', id: 'イベント ID', task: 'タスクのカテゴリ' },
];

function headerOf(row: RowRecord): Header | undefined {
  return headers.find(
    (header) => header.id in row.cells && header.time in row.cells && header.source in row.cells,
  );
}

/** Whether the row comes from Event Viewer's CSV export, English or Japanese. */
export function isEventViewer(row: RowRecord): boolean {
  return headerOf(row) !== undefined;
}

/**
 * A row of Event Viewer's export: it names no computer, no channel and no fields, and its time is local without a zone.
 * What the event tells is in the message.
 */
export function readEventViewer(row: RowRecord): WindowsRecord {
  const header = headerOf(row) ?? (headers[0] as Header);
  const { cells } = row;
  const parts = newParts();
  parts.eventId = cells[header.id];
  parts.provider = cells[header.source];
  parts.level = cells[header.level];
  parts.channel = channelOfProvider(parts.provider);
  parts.message = cells['column 6'] ?? cells.Message;
  const task = cells[header.task];
  if (task !== undefined && task !== '') parts.extra.push(['TaskCategory', task]);
  for (const name in cells)
    if (/^column ([7-9]|\d{2,})$/.test(name) && cells[name] !== '')
      parts.extra.push([name, cells[name] as string]);
  const time = cells[header.time];
  const reading = time === undefined ? undefined : readClock(time);
  parts.systemTime = time;
  parts.time = reading?.time;
  return assemble(row, 'event-viewer', parts, { clock: 'Date and Time', trust: 'local' });
}
