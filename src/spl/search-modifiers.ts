import type { Span } from '../core/diagnostic.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import type { TimeModifier } from './search-expression.ts';
import type { StageReader } from './stage-reader.ts';

export interface SearchPlace {
  /** In the first stage time modifiers and knowledge objects have their meaning; later they are names of fields. */
  readonly first: boolean;
}

/** Names that set the time range. */
export const timeModifiers: ReadonlyMap<string, TimeModifier['name']> = new Map([
  ['earliest', 'earliest'],
  ['latest', 'latest'],
  ['_index_earliest', '_index_earliest'],
  ['_index_latest', '_index_latest'],
  ['starttime', 'earliest'],
  ['endtime', 'latest'],
]);

const useEarliest = 'Use earliest= and latest= instead.';
const useFields = 'Search for the fields that define it instead.';
/** Documented words of the search command that mean something here which does not exist yet. */
const unsupportedModifiers: ReadonlyMap<string, DiagnosticPhrase> = new Map([
  ...[
    'timeformat',
    'startdaysago',
    'starthoursago',
    'startminutesago',
    'startmonthsago',
    'starttimeu',
    'enddaysago',
    'endhoursago',
    'endminutesago',
    'endmonthsago',
    'endtimeu',
    'daysago',
    'hoursago',
    'minutesago',
    'monthsago',
    'searchtimespandays',
    'searchtimespanhours',
    'searchtimespanminutes',
    'searchtimespanmonths',
  ].map((name): [string, DiagnosticPhrase] => [name, useEarliest]),
  ...['eventtype', 'tag', 'hosttag', 'eventtypetag', 'savedsearch', 'savedsplunk'].map(
    (name): [string, DiagnosticPhrase] => [name, useFields],
  ),
]);

/** Reports a name that means something else than a field here. */
export function checkName(reader: StageReader, name: string, span: Span, place: SearchPlace): void {
  const instead = unsupportedModifiers.get(name.includes('::') ? name.slice(0, name.indexOf('::')) : name);
  if (instead !== undefined && (place.first || name.includes('::')))
    reader.report('modifier-not-supported', { name, instead }, span);
  if (/^'.*'$/s.test(name)) reader.report('single-quotes-in-search', { name }, span);
}
