import { type CaseTime, systemTimeText } from './case-time.ts';

/** An event's `<Data>` items in order. */
export type EventData = readonly (readonly [name: string, value: string | number])[];

/** What stands in `<System>`. */
export interface EventHeader {
  readonly provider: string;
  /** With braces, as Windows writes it. */
  readonly providerGuid: string;
  readonly eventId: number;
  readonly version: number;
  readonly level: number;
  readonly task: number;
  readonly keywords: string;
  readonly time: CaseTime;
  readonly recordId: number;
  readonly processId: number;
  readonly threadId: number;
  readonly channel: string;
  readonly computer: string;
  /** A SID. */
  readonly userId?: string;
}

/** Text of an element, as the XML that Windows renders escapes it. Control characters, which XML forbids, are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>]/g, (found) => (found === '&' ? '&amp;' : found === '<' ? '&lt;' : '&gt;'));
}

/** One event on one line, in the form of Splunk's `XmlWinEventLog`. Unnamed data where a name is empty. */
export function windowsEventXml(header: EventHeader, data: EventData): string {
  const user = header.userId === undefined ? '<Security/>' : `<Security UserID='${header.userId}'/>`;
  let body = '';
  for (const [name, value] of data) {
    const text = typeof value === 'number' ? String(value) : escapeXml(value);
    body += name === '' ? `<Data>${text}</Data>` : `<Data Name='${name}'>${text}</Data>`;
  }
  return (
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
    `<Provider Name='${header.provider}' Guid='${header.providerGuid}'/><EventID>${header.eventId}</EventID>` +
    `<Version>${header.version}</Version><Level>${header.level}</Level><Task>${header.task}</Task><Opcode>0</Opcode>` +
    `<Keywords>${header.keywords}</Keywords>` +
    `<TimeCreated SystemTime='${systemTimeText(header.time, header.recordId % 10)}'/>` +
    `<EventRecordID>${header.recordId}</EventRecordID><Correlation/>` +
    `<Execution ProcessID='${header.processId}' ThreadID='${header.threadId}'/>` +
    `<Channel>${header.channel}</Channel><Computer>${header.computer}</Computer>${user}</System>` +
    `<EventData>${body}</EventData></Event>`
  );
}
