import { expectEnd, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { type LiteralRows, readCsvRows, readJsonRows } from '../literal-rows.ts';
import { booleanOption, choiceOption, integerOption, textOption } from '../option.ts';

interface MakeresultsNode {
  readonly kind: 'makeresults';
  readonly count: number;
  readonly annotate: boolean;
  readonly rows: LiteralRows | undefined;
}

const mostRows = 10_000_000;

const options = {
  count: integerOption(1, 'How many rows.', { least: 0, most: mostRows }),
  annotate: booleanOption(
    false,
    'Whether rows also get empty host, source, sourcetype, splunk_server and _raw.',
  ),
  format: choiceOption(['csv', 'json'], undefined, 'Format of data.'),
  data: textOption(undefined, 'The rows, as CSV with a header or as a JSON array of objects.', '"<text>"'),
  splunk_server: { ...textOption(undefined, 'There is one server.'), unsupported: true },
  splunk_server_group: { ...textOption(undefined, 'There is one server.'), unsupported: true },
} as const;

export const makeresults: Command<MakeresultsNode> = {
  name: 'makeresults',
  kind: 'generating',
  mode: 'arguments',
  syntax: '| makeresults [count=<int>] [annotate=<bool>] [format=csv|json data="<text>"]',
  summary: 'Makes rows that have only `_time` (the moment of the search), or rows from a text.',
  options,
  examples: [
    { search: '| makeresults count=3 | streamstats count AS n', summary: 'Three numbered rows.' },
    { search: '| makeresults format=csv data="a,b\n1,2"', summary: 'One row with two fields.' },
  ],
  parse(reader) {
    const found = readOptions(reader, 'makeresults', options);
    while (found.take());
    expectEnd(reader, 'makeresults');
    const { count, annotate, format, data } = found.values;
    const dataSpan = found.given.get('data');
    const formatSpan = found.given.get('format');
    const countSpan = found.given.get('count');
    if (dataSpan !== undefined && formatSpan === undefined)
      reader.report(
        'missing-argument',
        { command: 'makeresults', what: 'format=csv or format=json with data' },
        dataSpan,
      );
    if (formatSpan !== undefined && dataSpan === undefined)
      reader.report('missing-argument', { command: 'makeresults', what: 'data="…" with format' }, formatSpan);
    if (dataSpan !== undefined && countSpan !== undefined)
      reader.report('form-not-supported', { what: 'count together with data' }, countSpan);
    if (dataSpan === undefined || data === undefined || format === undefined)
      return { kind: 'makeresults', count, annotate, rows: undefined };
    const rows = format === 'csv' ? readCsvRows(data) : readJsonRows(data);
    if (typeof rows === 'string') {
      reader.report('bad-option-value', { name: 'data', found: data, expected: rows }, dataSpan);
      return undefined;
    }
    return { kind: 'makeresults', count: rows.rows.length, annotate, rows };
  },
  source(node, { span }) {
    return {
      kind: 'literal',
      columns: node.rows?.columns ?? [],
      rows: node.rows?.rows ?? [],
      withTime: true,
      annotate: node.annotate,
      count: node.count,
      span,
    };
  },
  lower() {
    return [];
  },
};
