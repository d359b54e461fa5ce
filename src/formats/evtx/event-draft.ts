import { parseIsoTicks, type Ticks, ticksOfFiletime } from '../../core/ticks.ts';
import type { EventDatum, WindowsEventRecord } from '../record.ts';
import type { ChunkContext } from './chunk-context.ts';
import { spend } from './decode-budget.ts';
import { systemMembers, timeSlot } from './event-member.ts';
import type { EventProgram, Place } from './event-program.ts';
import { compileEvent, documentPlace } from './event-program.ts';
import type { Source } from './event-source.ts';
import { textOf } from './event-source.ts';
import type { Fragment, TemplateInstance } from './fragment.ts';
import { isFragment } from './fragment.ts';
import { filetimeOf } from './fragment-reader.ts';

/** Places for which a template's program is kept; values can name any number of them. */
const MAX_PLACES = 64;

/** An event while its templates fill it. */
interface EventDraft {
  found: boolean;
  readonly members: (string | undefined)[];
  time: Ticks | undefined;
  readonly data: EventDatum[];
  dataPart: WindowsEventRecord['dataPart'];
  dataName: string | undefined;
  rendering: Map<string, string> | undefined;
}

/** The event that a record's fragment describes; undefined where it has no Event element. */
export function eventOf(
  context: ChunkContext,
  fragment: Fragment,
  raw: string,
  offset: number,
): WindowsEventRecord | undefined {
  const draft: EventDraft = {
    found: false,
    members: new Array<string | undefined>(systemMembers.length).fill(undefined),
    time: undefined,
    data: [],
    dataPart: 'none',
    dataName: undefined,
    rendering: undefined,
  };
  runFragment(context, draft, fragment, documentPlace);
  if (!draft.found) return undefined;
  const { members } = draft;
  const record: WindowsEventRecord = {
    kind: 'windows-event',
    raw,
    offset,
    provider: members[0],
    providerGuid: members[1],
    eventSourceName: members[2],
    eventId: members[3],
    qualifiers: members[4],
    version: members[5],
    level: members[6],
    task: members[7],
    opcode: members[8],
    keywords: members[9],
    systemTime: members[timeSlot],
    time: draft.time,
    recordId: members[11],
    activityId: members[12],
    relatedActivityId: members[13],
    executionProcessId: members[14],
    executionThreadId: members[15],
    channel: members[16],
    computer: members[17],
    securityUserId: members[18],
    data: draft.data,
    dataPart: draft.dataPart,
    dataName: draft.dataName,
  };
  return draft.rendering === undefined
    ? record
    : { ...record, rendering: Object.fromEntries(draft.rendering) };
}

function runFragment(context: ChunkContext, draft: EventDraft, fragment: Fragment, place: Place): void {
  for (const instance of fragment.instances) {
    const { events, nodes } = instance.template;
    const key = place.path === '' ? place.level : `${place.level}:${place.path}`;
    let program = events.get(key);
    if (program === undefined) {
      program = compileEvent(nodes, place);
      if (events.size < MAX_PLACES) events.set(key, program);
    }
    run(context, draft, program, instance);
  }
}

function run(
  context: ChunkContext,
  draft: EventDraft,
  program: EventProgram,
  instance: TemplateInstance,
): void {
  const { values } = instance;
  spend(context.budget, 'steps', program.length, 0);
  for (const step of program) {
    switch (step.kind) {
      case 'member':
        draft.members[step.slot] = textOf(step.source, values) || undefined;
        break;
      case 'attribute-member':
        draft.members[step.slot] = textOf(step.source, values) ?? undefined;
        break;
      case 'time':
        setTime(context, draft, step.source, instance);
        break;
      case 'event':
        draft.found = true;
        break;
      case 'part':
        draft.dataPart = step.part;
        draft.dataName = step.name && (textOf(step.name, values) ?? undefined);
        break;
      case 'datum':
        addDatum(context, draft, step, instance);
        break;
      case 'attribute': {
        const value = textOf(step.value, values);
        if (value !== null) draft.data.push({ name: step.name, value });
        break;
      }
      case 'rendering':
        addRendering(draft, step.name, textOf(step.value, values) ?? '');
        break;
      case 'nested':
        addNested(context, draft, step.place, instance.values[step.index] ?? null);
        break;
      case 'guard':
        if ((values[step.index] ?? null) !== null) run(context, draft, step.body, instance);
        break;
    }
  }
}

function setTime(context: ChunkContext, draft: EventDraft, source: Source, instance: TemplateInstance): void {
  const text = textOf(source, instance.values) ?? undefined;
  draft.members[timeSlot] = text;
  if (text === undefined) return;
  const filetime = filetimeOf(context, instance, source.index);
  // Beyond the calendar the text is hexadecimal, and no time.
  if (filetime !== undefined && text.length === 28) draft.time = ticksOfFiletime(filetime);
  else draft.time = parseIsoTicks(text);
}

function addDatum(
  context: ChunkContext,
  draft: EventDraft,
  step: { readonly name: Source | undefined; readonly value: Source; readonly path: string },
  instance: TemplateInstance,
): void {
  const { values } = instance;
  const name = step.name === undefined ? undefined : (textOf(step.name, values) ?? undefined);
  const value = step.value.index < 0 ? undefined : values[step.value.index];
  if (typeof value === 'string') draft.data.push({ name, value });
  else if (isFragment(value))
    runFragment(context, draft, value, { level: 'leaves', path: name ?? step.path });
  else if (Array.isArray(value)) {
    spend(context.budget, 'steps', value.length, 0);
    for (const item of value as readonly string[]) draft.data.push({ name, value: item });
  } else draft.data.push({ name, value: textOf(step.value, values) ?? '' });
}

function addNested(
  context: ChunkContext,
  draft: EventDraft,
  place: Place,
  value: TemplateInstance['values'][number],
): void {
  if (isFragment(value)) runFragment(context, draft, value, place);
  else if (value !== null && (place.level === 'event-data' || place.level === 'leaves')) {
    const name = place.path === '' ? undefined : place.path;
    for (const text of typeof value === 'string' ? [value] : value) draft.data.push({ name, value: text });
  }
}

function addRendering(draft: EventDraft, name: string, text: string): void {
  draft.rendering ??= new Map();
  const before = draft.rendering.get(name);
  draft.rendering.set(name, before === undefined ? text : `${before}, ${text}`);
}
