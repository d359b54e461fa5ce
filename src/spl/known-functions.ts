/** Functions of eval that Splunk documents and that do not exist here: a search that calls one is told so. */
const evalNames: ReadonlySet<string> = new Set([
  'bit_and',
  'bit_not',
  'bit_or',
  'bit_shift_left',
  'bit_shift_right',
  'bit_xor',
  'ipmask',
  'isarray',
  'isdouble',
  'ismv',
  'isobject',
  'json_entries',
  'json_has_key_exact',
  'lookup',
  'toarray',
  'tobool',
  'todouble',
  'toint',
  'tomv',
  'toobject',
]);

/** The same for statistics. */
const statisticNames: ReadonlySet<string> = new Set(['rate_avg', 'rate_sum', 'sparkline']);

export function isKnownFunction(name: string): boolean {
  return evalNames.has(name.toLowerCase());
}

export function isKnownStatistic(name: string): boolean {
  return statisticNames.has(name.toLowerCase());
}
