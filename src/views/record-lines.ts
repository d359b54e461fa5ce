/** Records as lines of JSON, an object a line, without their ends. */
export function* jsonLines(records: Iterable<object>): Generator<string> {
  for (const record of records) yield JSON.stringify(record);
}

/** Records as lines of CSV behind a header, without their ends. */
export function* csvLines<Row>(
  header: string,
  records: Iterable<Row>,
  line: (record: Row) => string,
): Generator<string> {
  yield header;
  for (const record of records) yield line(record);
}
