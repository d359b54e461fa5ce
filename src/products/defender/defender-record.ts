import { defaultReadLimits } from '../../core/limits.ts';
import { isDeeperThan, isJsonObject, parseJson } from '../../formats/json/json-value.ts';
import type { JsonValue, SourceRecord } from '../../formats/record.ts';
import { type Members, membersOf } from '../edr/edr-record.ts';

/** A row of one of Defender's device tables, however it was exported. */
export interface DefenderRow {
  /** `DeviceProcessEvents` …; undefined where the export does not say. */
  readonly table: string | undefined;
  readonly members: Members;
  /** The members around the row in the streaming API's form. */
  readonly wrapper: Members | undefined;
}

const CATEGORY = /^AdvancedHunting-(Device[A-Za-z]{1,40})$/;
const TABLE = /^Device[A-Z][A-Za-z]{1,40}$/;

/** Columns in which an export says which table a row is of: Log Analytics, `union withsource=…`, Defender's own union. */
const tableColumns = ['Type', '$table', 'SourceTable', 'Table', 'TableName'] as const;

/**
 * The row that a record is: of the streaming API (`{time, category, properties}`), or of a table's export as CSV or JSON,
 * which has the device, the kind of the action or the acting process, and a time. Undefined: the record is of another product.
 */
export function defenderRow(record: SourceRecord): DefenderRow | undefined {
  const members = membersOf(record);
  if (members === undefined) return undefined;
  const { category, properties } = members;
  if (typeof category === 'string') {
    const table = CATEGORY.exec(category)?.[1];
    const inner = table === undefined ? undefined : objectOf(properties);
    if (inner !== undefined) return { table, members: inner, wrapper: members };
  }
  if (!('DeviceId' in members) && !('DeviceName' in members)) return undefined;
  if (!('Timestamp' in members) && !('TimeGenerated' in members)) return undefined;
  const table = tableOf(members);
  const isRow =
    'ActionType' in members || 'InitiatingProcessId' in members || 'InitiatingProcessFileName' in members;
  return isRow || table !== undefined ? { table, members, wrapper: undefined } : undefined;
}

function tableOf(members: Members): string | undefined {
  for (const column of tableColumns) {
    const value = members[column];
    if (typeof value === 'string' && TABLE.test(value)) return value;
  }
  return undefined;
}

/** An object, or the text of one: exports to CSV and some shippers write `properties` and `AdditionalFields` as text. */
export function objectOf(value: JsonValue | undefined): Members | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return isJsonObject(value) ? value : undefined;
  if (!value.startsWith('{') || value.length > LONGEST_TEXT) return undefined;
  try {
    const parsed = parseJson(value);
    return isJsonObject(parsed) && !isDeeperThan(parsed, defaultReadLimits.recordDepth) ? parsed : undefined;
  } catch {
    // Text that only begins like an object is text.
    return undefined;
  }
}

const LONGEST_TEXT = 1 << 18;
