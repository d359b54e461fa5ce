import type { DiagnosticPhrase } from './diagnostic-phrase.ts';

/** Rows that a search gives as text. Null is a field that the row does not have. */
export interface LiteralRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Reads CSV (RFC 4180) with a header. Gives what was expected where it is none. */
export function readCsvRows(text: string): LiteralRows | DiagnosticPhrase {
  const records = csvRecords(text.trim());
  if (records === undefined) return 'CSV whose quotes are closed';
  const [header, ...rows] = records;
  const columns = (header ?? []).map((name) => name.trim());
  if (columns.length === 0 || columns.includes('')) return 'CSV with a header of names';
  if (new Set(columns).size < columns.length) return 'CSV with different names in its header';
  if (rows.some((row) => row.length > columns.length)) return 'CSV without more values than names in a row';
  return { columns, rows: rows.map((row) => columns.map((_, at) => row[at] ?? null)) };
}

function csvRecords(text: string): readonly (readonly string[])[] | undefined {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex <= text.length) {
    const found = cell.exec(text);
    if (found === null) return undefined;
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    records.push(record);
    record = [];
    if (found[3] === '') break;
  }
  return records;
}

/** Reads a JSON array of objects; a row's numbers keep their digits, inner objects and arrays become JSON text. */
export function readJsonRows(text: string): LiteralRows | DiagnosticPhrase {
  const expected = 'a JSON array of objects';
  let parsed: unknown;
  let digits: unknown;
  try {
    parsed = JSON.parse(text);
    // Numbers in quotes: as JavaScript numbers the long ones would lose digits.
    digits = JSON.parse(
      text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (found) =>
        found.startsWith('"') ? found : `"${found}"`,
      ),
    );
  } catch {
    return expected;
  }
  if (!Array.isArray(parsed) || !Array.isArray(digits)) return expected;
  const columns: string[] = [];
  const known = new Set<string>();
  const objects: Map<string, string | null>[] = [];
  for (const [at, item] of parsed.entries()) {
    if (!isObject(item)) return expected;
    const written: unknown = digits[at];
    const row = new Map<string, string | null>();
    for (const [name, value] of Object.entries(item)) {
      if (!known.has(name)) columns.push(name);
      known.add(name);
      row.set(name, textOf(value, isObject(written) ? written[name] : undefined));
    }
    objects.push(row);
  }
  return { columns, rows: objects.map((row) => columns.map((name) => row.get(name) ?? null)) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown, written: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && typeof written === 'string') return written;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
