import { parseIsoTicks } from '../../core/ticks.ts';
import type { EventDatum, WindowsEventRecord } from '../record.ts';
import { attribute, child, type XmlElement } from './xml-element.ts';

/** Takes an `<Event>` apart (MS-EVEN6, event schema). `raw` is its text as it came, which stands at `offset`. */
export function windowsEventOf(event: XmlElement, raw: string, offset: number): WindowsEventRecord {
  const system = systemOf(event);
  const { Provider, EventID, TimeCreated, Correlation, Execution } = system;
  const systemTime = attribute(TimeCreated, 'SystemTime');
  const rendering = child(event, 'RenderingInfo');
  const payload = payloadOf(event);
  const record: WindowsEventRecord = {
    kind: 'windows-event',
    raw,
    offset,
    provider: attribute(Provider, 'Name'),
    providerGuid: attribute(Provider, 'Guid'),
    eventSourceName: attribute(Provider, 'EventSourceName'),
    eventId: textOf(EventID),
    qualifiers: attribute(EventID, 'Qualifiers'),
    version: textOf(system.Version),
    level: textOf(system.Level),
    task: textOf(system.Task),
    opcode: textOf(system.Opcode),
    keywords: textOf(system.Keywords),
    systemTime,
    time: systemTime === undefined ? undefined : parseIsoTicks(systemTime),
    recordId: textOf(system.EventRecordID),
    activityId: attribute(Correlation, 'ActivityID'),
    relatedActivityId: attribute(Correlation, 'RelatedActivityID'),
    executionProcessId: attribute(Execution, 'ProcessID'),
    executionThreadId: attribute(Execution, 'ThreadID'),
    channel: textOf(system.Channel),
    computer: textOf(system.Computer),
    securityUserId: attribute(system.Security, 'UserID'),
    data: payload.data,
    dataPart: payload.dataPart,
    dataName: payload.dataName,
  };
  return rendering ? { ...record, rendering: renderingOf(rendering) } : record;
}

/** System's children by name; of several of one name the first. */
interface SystemParts {
  Provider?: XmlElement;
  EventID?: XmlElement;
  Version?: XmlElement;
  Level?: XmlElement;
  Task?: XmlElement;
  Opcode?: XmlElement;
  Keywords?: XmlElement;
  TimeCreated?: XmlElement;
  EventRecordID?: XmlElement;
  Correlation?: XmlElement;
  Execution?: XmlElement;
  Channel?: XmlElement;
  Computer?: XmlElement;
  Security?: XmlElement;
}

const systemNames: ReadonlySet<string> = new Set<keyof SystemParts>([
  'Provider',
  'EventID',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'TimeCreated',
  'EventRecordID',
  'Correlation',
  'Execution',
  'Channel',
  'Computer',
  'Security',
]);

function systemOf(event: XmlElement): SystemParts {
  const parts: SystemParts = {};
  for (const element of child(event, 'System')?.children ?? []) {
    if (systemNames.has(element.name)) parts[element.name as keyof SystemParts] ??= element;
  }
  return parts;
}

/** An element that is empty says no more than one that is absent. */
function textOf(element: XmlElement | undefined): string | undefined {
  return element === undefined || element.text === '' ? undefined : element.text;
}

type Payload = Pick<WindowsEventRecord, 'data' | 'dataPart' | 'dataName'>;

function payloadOf(event: XmlElement): Payload {
  const eventData = child(event, 'EventData');
  if (eventData) {
    return { data: eventDataOf(eventData), dataPart: 'EventData', dataName: attribute(eventData, 'Name') };
  }
  const userData = child(event, 'UserData');
  if (userData) {
    const parts = userData.children ?? [];
    const data = parts.flatMap((part) => leavesWithin(part));
    return { data, dataPart: 'UserData', dataName: parts.at(-1)?.name };
  }
  // BinaryEventData, DebugData, ProcessingErrorData: what there is in place of the data.
  const part = event.children?.find((inner) => inner.name !== 'System' && inner.name !== 'RenderingInfo');
  return { data: part ? leavesWithin(part) : [], dataPart: 'none', dataName: part?.name };
}

/** An array is written as one `<Data>` an element, all of one name; they stay apart, as in the XML. */
function eventDataOf(eventData: XmlElement): readonly EventDatum[] {
  const data: EventDatum[] = [];
  for (const element of eventData.children ?? []) {
    const isData = element.name === 'Data';
    const name = attribute(element, 'Name') ?? (isData ? undefined : element.name);
    if (element.children) data.push(...nestedData(element, name));
    else data.push({ name, value: element.text });
    if (!isData) pushAttributes(data, element, element.name, 'Name');
  }
  return data;
}

/** A `<Data>` with elements within: one array where they are all of one kind (`<string>`), else a datum a leaf. */
function nestedData(element: XmlElement, name: string | undefined): readonly EventDatum[] {
  const items = element.children ?? [];
  const isArray = items.every((item) => !item.children && item.name === items[0]?.name);
  if (isArray) return [{ name, value: items.map((item) => item.text) }];
  return leavesWithin({ ...element, attributes: undefined }, `${name ?? 'Data'}.`);
}

/** The leaves and the attributes below an element, by their paths from it; repeated leaves stay apart. */
function leavesWithin(element: XmlElement, prefix = ''): readonly EventDatum[] {
  const data: EventDatum[] = [];
  const visit = (inner: XmlElement, path: string) => {
    pushAttributes(data, inner, path);
    if (!inner.children) {
      if (inner.text !== '' || !hasAttributes(inner)) data.push({ name: path, value: inner.text });
    } else for (const deeper of inner.children) visit(deeper, `${path}.${deeper.name}`);
  };
  pushAttributes(data, element, prefix.slice(0, -1));
  for (const inner of element.children ?? []) visit(inner, `${prefix}${inner.name}`);
  if (!element.children && element.text.trim() !== '') data.push({ name: element.name, value: element.text });
  return data;
}

function hasAttributes(element: XmlElement): boolean {
  return element.attributes?.some((name, at) => at % 2 === 0 && !isNamespace(name)) ?? false;
}

function pushAttributes(data: EventDatum[], element: XmlElement, path: string, except?: string): void {
  const attributes = element.attributes ?? [];
  for (let at = 0; at < attributes.length; at += 2) {
    const name = attributes[at] as string;
    if (isNamespace(name) || name === except) continue;
    data.push({ name: path === '' ? name : `${path}.${name}`, value: attributes[at + 1] as string });
  }
}

const isNamespace = (name: string) => name === 'xmlns' || name.startsWith('xmlns:');

function renderingOf(rendering: XmlElement): Readonly<Record<string, string>> {
  const texts = (rendering.children ?? []).map((element): [string, string] => [
    element.name,
    element.children ? element.children.map((inner) => inner.text).join(', ') : element.text,
  ]);
  return Object.fromEntries(texts);
}
