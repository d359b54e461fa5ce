import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { SourceRecord } from '../../formats/record.ts';
import { type ChosenTime, isPlausible } from '../chosen-time.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { addBelow, recordedFields, type Said, saidBy } from '../edr/edr-record.ts';
import { addNote, type Fields } from '../fields.ts';
import { readMoment } from '../generic/generic-time.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { readClock } from '../windows-shapes/clock-text.ts';
import { AGGREGATED, actionOf, usualTable } from './defender-actions.ts';
import { addActor, addCreation, addPipe } from './defender-fields.ts';
import { creationOf, isExec } from './defender-process.ts';
import { type DefenderRow, defenderRow, objectOf } from './defender-record.ts';

/**
 * Microsoft Defender's device tables, from advanced hunting (CSV, JSON), Log Analytics and the streaming API. In a creation
 * the initiating process is the parent and its parent the grandparent; in all other rows the initiating process acted.
 */
export const defender: LogProduct = { name: 'defender', read: readDefender };

function readDefender(record: SourceRecord, context: MappingContext): Event | undefined {
  const row = defenderRow(record);
  if (row === undefined) return undefined;
  const fields = recordedFields(row.members);
  const said = saidBy(fields);
  const additional = objectOf(row.members.AdditionalFields);
  if (additional !== undefined) addBelow(fields, 'AdditionalFields', additional);
  const actionType = said('ActionType');
  const { eventClass, action } = actionOf(actionType, row.table);
  if (eventClass === 'process-start') addCreation(fields, said);
  else addActor(fields, said, eventClass);
  if (eventClass === 'pipe') addPipe(fields, said);
  if (action !== undefined) fields.action = action;
  if (actionType !== undefined) fields.signature = actionType;
  fields.vendor_product = 'Microsoft Defender for Endpoint';
  if (actionType?.endsWith(AGGREGATED)) addNote(fields, 'a report of the hour: it stands for several events');
  const table = row.table ?? usualTable(eventClass);
  const time = timeOf(row, said, eventClass === 'process-start', context);
  addWrapper(fields, row);
  return edrEvent(record, {
    product: 'defender',
    source: `AdvancedHunting-${table}`,
    sourcetype: row.wrapper === undefined ? 'ms:defender:advanced_hunting' : 'ms:defender:eventhub',
    eventClass,
    time,
    host: said('DeviceName') ?? said('DeviceId'),
    fields,
  });
}

function addWrapper(fields: Fields, { wrapper }: DefenderRow): void {
  for (const name of ['category', 'tenantId', 'operationName'] as const) {
    const value = wrapper?.[name];
    if (typeof value === 'string' && value !== '') fields[name] ??= value;
  }
}

/** How far a creation may be from the event that tells it: what is further is another clock. */
const NEAR: Ticks = 3_600n * TICKS_PER_SECOND;

/**
 * A creation happened at ProcessCreationTime; Timestamp, when it was recorded, comes a little later. A program that took the
 * place of another did so at Timestamp. Portal exports write local forms without a zone.
 */
function timeOf(
  { members, wrapper }: DefenderRow,
  said: Said,
  isCreation: boolean,
  context: MappingContext,
): ChosenTime {
  const recorded = recordedTime(said) ?? wrapped(wrapper ?? members);
  const created = isCreation && !isExec(said) ? creationOf(said, 'subject') : undefined;
  if (created !== undefined) {
    const apart = recorded === undefined ? 0n : recorded.time - created;
    if (apart <= NEAR && apart >= -NEAR) return { time: created, source: 'ProcessCreationTime' };
    return { time: created, source: `ProcessCreationTime (${recorded?.source} is hours away)` };
  }
  return recorded ?? { time: context.arrival, source: 'arrival' };
}

function recordedTime(said: Said): ChosenTime | undefined {
  for (const name of ['Timestamp', 'TimeGenerated'] as const) {
    const text = said(name);
    if (text === undefined) continue;
    const moment = readMoment(text);
    if (moment !== undefined) return { time: moment, source: name };
    const read = readClock(text);
    if (read !== undefined && isPlausible(read.time))
      return { time: read.time, source: `${name} (local time, zone unknown)` };
  }
  return undefined;
}

function wrapped({ time }: DefenderRow['members']): ChosenTime | undefined {
  const moment = typeof time === 'string' ? readMoment(time) : undefined;
  return moment === undefined ? undefined : { time: moment, source: 'time' };
}
