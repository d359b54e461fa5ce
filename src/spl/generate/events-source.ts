import { fieldAliases, hotFields } from '../../events/fields.ts';
import { jsonColumn, memberColumns } from '../../store/event-columns.ts';
import { storedField } from '../../store/field-place.ts';
import { identifier, joinSql, type Sql, sql } from '../../store/sql.ts';
import type { ColumnType, FieldCatalogue } from '../../store/store.ts';
import { bindTime } from '../../store/time-sql.ts';
import type { EventsSource } from '../plan.ts';
import { searchedFields } from '../referenced-fields.ts';
import type { Compilation, Environment } from './compilation.ts';
import type { FieldNeed } from './field-need.ts';
import { isPattern, patternReaches } from './field-pattern.ts';
import type { NamedValue } from './open-select.ts';
import type { OrderKey, Relation, RelationColumn } from './relation.ts';
import { compileRowTest } from './row-test.ts';
import { ticksOf } from './typed-column.ts';

/** Members of events that are shown with all fields, in this order before the others. */
export const shownMembers = ['_time', 'host', 'source', 'sourcetype', 'index', '_raw'] as const;

const memberTypes: ReadonlyMap<string, ColumnType> = new Map(
  memberColumns.map(({ name }) => [
    name,
    name === '_time' || name === '_indextime' ? 'time' : name === '_offset' ? 'number' : 'text',
  ]),
);

interface EventField {
  readonly sql: Sql;
  readonly type: ColumnType;
  readonly notNull?: true;
  readonly lowercase?: true;
}

/** Where the table of events has a field; undefined where no event has it. */
export function resolveEventField(name: string, catalogue: FieldCatalogue): EventField | undefined {
  const member = memberTypes.get(name);
  if (member)
    return {
      sql: name === '_id' ? sql`lower(hex(_id))` : identifier(name),
      type: member,
      notNull: true,
      ...(name === 'host' && { lowercase: true }),
    };
  const own = catalogue.get(name);
  const target = fieldAliases.get(name);
  const aimed = target === undefined ? undefined : resolveEventField(target, catalogue);
  if (!own) return aimed;
  const stored = storedField(name, own);
  if (!aimed) return stored;
  if (stored.type === 'text' && aimed.type === 'text')
    return { sql: sql`coalesce(${stored.sql}, ${aimed.sql})`, type: 'text' };
  const [values, others] = [stored, aimed].map(asValues);
  return { sql: sql`if(empty(${values as Sql}), ${others as Sql}, ${values as Sql})`, type: 'multivalue' };
}

function asValues({ sql: value, type }: EventField): Sql {
  return type === 'multivalue' ? value : sql`arrayFilter(x -> isNotNull(x), [${value}])::Array(String)`;
}

/** The events of a search: the SELECT that reads the table, with only the fields that are needed. */
export function eventsRelation(source: EventsSource, wanted: FieldNeed, compilation: Compilation): Relation {
  const { catalogue, eventIds = false } = compilation.environment;
  const names = neededNames(source, wanted, compilation.environment);
  if (!wanted.all) compilation.reads = [...names];
  const columns: RelationColumn[] = [];
  const values: NamedValue[] = [];
  for (const name of names) {
    const field = resolveEventField(name, catalogue);
    if (!field) continue;
    const ref = compilation.fresh(name);
    values.push({ ref, value: field.sql });
    columns.push({
      name,
      type: field.type,
      ref,
      ...(field.notNull && { notNull: true }),
      ...(field.lowercase && { lowercase: true }),
    });
  }
  const offset = compilation.fresh('offset');
  const origin = compilation.fresh('origin');
  const id = compilation.fresh('id');
  const json = compilation.fresh(jsonColumn);
  values.push(
    { ref: offset, value: identifier('_offset') },
    { ref: origin, value: identifier('_origin') },
    { ref: id, value: identifier('_id') },
  );
  if (wanted.all) values.push({ ref: json, value: identifier(jsonColumn) });
  const time = columns.find(({ name }) => name === '_time') as RelationColumn;
  const order: OrderKey[] = [
    { ref: time.ref, descending: true, nullsFirst: false, ascending: sql`negate(${ticksOf(time.ref)})` },
    { ref: offset, descending: true, nullsFirst: false, ascending: sql`negate(toInt64(${offset}))` },
    { ref: origin, descending: false, nullsFirst: false, ascending: origin },
  ];
  const relation: Relation = {
    kind: 'relation',
    from: compilation.read(sql`events`, values, scopeTests(source, compilation)),
    columns,
    identity: id,
    listed: false,
    rest: wanted.all
      ? { json, names: new Set([...catalogue.keys()].filter((name) => !names.has(name))) }
      : undefined,
    order,
    timeOrder: 'descending',
  };
  const tested = source.test
    ? compilation.keep(relation, compileRowTest(source.test, relation, compilation))
    : relation;
  return visible(tested, wanted, eventIds);
}

/** Only what was asked for by name or shown with all fields; `_time` is always read, for the order. */
function visible(relation: Relation, wanted: FieldNeed, eventIds: boolean): Relation {
  const shown = (name: string) =>
    wanted.names.has(name) ||
    (wanted.all && (shownMembers as readonly string[]).includes(name)) ||
    (wanted.all && eventIds && name === '_id') ||
    !memberTypes.has(name) ||
    [...wanted.patterns].some((pattern) => patternReaches(pattern, name));
  return { ...relation, columns: relation.columns.filter(({ name }) => shown(name)) };
}

function neededNames(
  source: EventsSource,
  wanted: FieldNeed,
  { catalogue, eventIds = false }: Environment,
): Set<string> {
  const names = new Set<string>(['_time']);
  if (wanted.all) {
    for (const name of shownMembers) names.add(name);
    if (eventIds) names.add('_id');
    for (const { name } of hotFields) if (catalogue.has(name)) names.add(name);
  }
  if (source.test) for (const name of searchedFields(source.test)) names.add(name);
  for (const name of wanted.names) names.add(name);
  if (wanted.patterns.size > 0)
    for (const name of [...memberTypes.keys(), ...catalogue.keys()])
      if ([...wanted.patterns].some((pattern) => patternReaches(pattern, name))) names.add(name);
  return names;
}

/** The tests of indexes and time range. */
export function scopeTests(source: EventsSource, compilation: Pick<Compilation, 'parameters'>): Sql[] {
  const { parameters } = compilation;
  const tests: Sql[] = [];
  if (source.indexes.length > 0) {
    const exact = source.indexes.filter((index) => !isPattern(index));
    const patterns = source.indexes.filter(isPattern).map(likePattern);
    const either: Sql[] = [];
    const [only, ...more] = exact;
    // An equality lets the engine read in the order of the sort key.
    if (only !== undefined && more.length === 0)
      either.push(sql`${identifier('index')} = ${parameters.bind(only, 'String')}`);
    else if (only !== undefined)
      either.push(sql`${identifier('index')} IN ${parameters.bind(exact, 'Array(String)')}`);
    for (const pattern of patterns)
      either.push(sql`${identifier('index')} ILIKE ${parameters.bind(pattern, 'String')}`);
    tests.push(either.length === 1 ? joinSql(either, sql``) : sql`(${joinSql(either, sql` OR `)})`);
  }
  if (source.earliest !== null) tests.push(sql`_time >= ${bindTime(parameters, source.earliest)}`);
  if (source.latest !== null) tests.push(sql`_time < ${bindTime(parameters, source.latest)}`);
  if (source.indexEarliest !== null)
    tests.push(sql`_indextime >= ${bindTime(parameters, source.indexEarliest)}`);
  if (source.indexLatest !== null) tests.push(sql`_indextime < ${bindTime(parameters, source.indexLatest)}`);
  return tests;
}

function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, (found) => `\\${found}`).replaceAll('*', '%');
}
