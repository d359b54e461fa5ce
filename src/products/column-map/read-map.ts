import type { Diagnostic, Span } from '../../core/diagnostic.ts';
import { type EventClass, isEventClass } from '../../events/event-class.ts';
import { eventMemberNames, fieldDefinitions } from '../../events/fields.ts';
import { isJsonObject, parseJson } from '../../formats/json/json-value.ts';
import type { JsonValue } from '../../formats/record.ts';
import { isZone } from '../local-zone.ts';
import type { ClassRule, ColumnMap, ProcessColumns, TimeColumn } from './column-map.ts';
import { type MapDiagnosticCode, type MapDiagnosticParameters, mapDiagnostic } from './map-diagnostic.ts';
import { patternOf } from './map-time.ts';

export interface ReadMap {
  /** Undefined where there is an error among the diagnostics. */
  readonly map: ColumnMap | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const LONGEST = 1 << 18;
const members = ['name', 'time', 'host', 'class', 'fields', 'constants', 'process', 'parent'];
const fieldNames: ReadonlySet<string> = new Set(fieldDefinitions.map(({ name }) => name));

type JsonObject = { readonly [key: string]: JsonValue };

/** Reads and checks a mapping. All faults are found at once; only warnings leave a map. */
export function readColumnMap(text: string): ReadMap {
  return new MapReader(text).read();
}

class MapReader {
  readonly #text: string;
  readonly #diagnostics: Diagnostic[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): ReadMap {
    const map = this.#map();
    const failed = this.#diagnostics.some(({ severity }) => severity === 'error');
    return { map: failed ? undefined : map, diagnostics: this.#diagnostics };
  }

  #map(): ColumnMap | undefined {
    if (this.#text.length > LONGEST) {
      this.#report('too-large', { limit: LONGEST }, []);
      return undefined;
    }
    let value: JsonValue;
    try {
      value = parseJson(this.#text);
    } catch (error) {
      const { message } = error as Error;
      const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
      this.#diagnostics.push(mapDiagnostic('not-json', { reason: message }, { start: at, end: at + 1 }));
      return undefined;
    }
    if (!isJsonObject(value)) {
      this.#report('not-an-object', { where: 'the mapping' }, []);
      return undefined;
    }
    this.#known(value, members, []);
    const name = this.#column(value, 'name', [], '"name": "acme-edr"');
    const time = this.#time(value.time);
    const eventClass = this.#class(value.class);
    const host = value.host === undefined ? undefined : this.#column(value, 'host', []);
    const fields = this.#texts(value.fields, 'fields');
    const constants = this.#texts(value.constants, 'constants');
    const process = this.#process(value.process, 'process');
    const parent = this.#process(value.parent, 'parent');
    if (name === undefined || time === undefined || eventClass === undefined) return undefined;
    return { name, time, host, eventClass, fields, constants, process, parent };
  }

  #time(value: JsonValue | undefined): TimeColumn | undefined {
    const example = '"time": { "column": "Date", "format": "iso", "zone": "UTC" }';
    if (value === undefined) {
      this.#report('missing-member', { name: 'time', example }, []);
      return undefined;
    }
    const found = this.#object(value, 'time');
    if (found === undefined) return undefined;
    this.#known(found, ['column', 'format', 'zone'], ['time']);
    const column = this.#column(found, 'column', ['time'], example);
    const format = found.format === undefined ? 'iso' : this.#column(found, 'format', ['time']);
    const zone = found.zone === undefined ? 'UTC' : this.#column(found, 'zone', ['time']);
    if (format !== undefined && format !== 'iso' && format !== 'epoch' && patternOf(format) === undefined)
      this.#report('unknown-format', { text: format }, ['time', 'format']);
    if (zone !== undefined && !isZone(zone)) this.#report('unknown-zone', { text: zone }, ['time', 'zone']);
    return column === undefined || format === undefined || zone === undefined
      ? undefined
      : { column, format, zone };
  }

  #class(value: JsonValue | undefined): ClassRule | undefined {
    if (value === undefined) {
      const example =
        '"class": "process-start" or "class": { "column": "Type", "values": { "Start": "process-start" } }';
      this.#report('missing-member', { name: 'class', example }, []);
      return undefined;
    }
    if (typeof value === 'string') {
      if (isEventClass(value)) return { kind: 'constant', eventClass: value };
      this.#report('unknown-class', { text: value }, ['class']);
      return undefined;
    }
    const found = this.#object(value, 'class');
    if (found === undefined) return undefined;
    this.#known(found, ['column', 'values'], ['class']);
    const column = this.#column(found, 'column', ['class'], '"column": "Type"');
    const written = this.#object(found.values, 'class.values', ['class', 'values']);
    const values: Record<string, EventClass> = Object.create(null) as Record<string, EventClass>;
    for (const [key, each] of Object.entries(written ?? {})) {
      if (typeof each === 'string' && isEventClass(each)) values[key] = each;
      else this.#report('unknown-class', { text: JSON.stringify(each) }, ['class', 'values', key]);
    }
    return column === undefined || written === undefined ? undefined : { kind: 'column', column, values };
  }

  #process(value: JsonValue | undefined, name: 'process' | 'parent'): ProcessColumns {
    const found = value === undefined ? undefined : this.#object(value, name);
    if (found === undefined) return {};
    this.#known(found, ['id', 'start'], [name]);
    const id = found.id === undefined ? undefined : this.#column(found, 'id', [name]);
    const start = found.start === undefined ? undefined : this.#column(found, 'start', [name]);
    return { ...(id !== undefined && { id }), ...(start !== undefined && { start }) };
  }

  /** `fields` and `constants`: names of fields, each with a text. */
  #texts(value: JsonValue | undefined, where: 'fields' | 'constants'): Readonly<Record<string, string>> {
    const texts = Object.create(null) as Record<string, string>;
    const found = value === undefined ? undefined : this.#object(value, where);
    for (const [name, text] of Object.entries(found ?? {})) {
      if (Object.hasOwn(eventMemberNames, name)) this.#report('reserved-field', { name }, [where, name]);
      else if (typeof text !== 'string' || text === '')
        this.#report('not-a-text', { where: `${where}.${name}` }, [where, name]);
      else {
        texts[name] = text;
        if (where === 'fields' && !fieldNames.has(name))
          this.#report('unknown-field', { name, nearest: nearestField(name) }, [where, name]);
      }
    }
    return texts;
  }

  #object(
    value: JsonValue | undefined,
    where: string,
    path: readonly string[] = [where],
  ): JsonObject | undefined {
    if (value !== undefined && value !== null && isJsonObject(value)) return value;
    this.#report('not-an-object', { where }, path);
    return undefined;
  }

  #column(object: JsonObject, name: string, path: readonly string[], example?: string): string | undefined {
    const value = object[name];
    if (typeof value === 'string' && value !== '') return value;
    const where = [...path, name].join('.');
    if (value === undefined && example !== undefined)
      this.#report('missing-member', { name: where, example }, path);
    else this.#report('not-a-text', { where }, [...path, name]);
    return undefined;
  }

  #known(object: JsonObject, known: readonly string[], path: readonly string[]): void {
    for (const name of Object.keys(object))
      if (!known.includes(name))
        this.#report('unknown-member', { name: [...path, name].join('.'), known }, [...path, name]);
  }

  #report<Code extends MapDiagnosticCode>(
    code: Code,
    parameters: MapDiagnosticParameters[Code],
    path: readonly string[],
  ): void {
    this.#diagnostics.push(mapDiagnostic(code, parameters, this.#spanOf(path)));
  }

  /** Where the name of a member stands, looked for one below the other. */
  #spanOf(path: readonly string[]): Span {
    let span: Span = { start: 0, end: Math.min(1, this.#text.length) };
    for (const name of path) {
      const written = JSON.stringify(name);
      let at = this.#text.indexOf(written, span.start);
      while (at >= 0 && !/^\s*:/.test(this.#text.slice(at + written.length, at + written.length + 64)))
        at = this.#text.indexOf(written, at + 1);
      if (at < 0) break;
      span = { start: at, end: at + written.length };
    }
    return span;
  }
}

/** A known field that differs in letter case or separators alone. */
function nearestField(name: string): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return fieldDefinitions.find((each) => plain(each.name) === plain(name))?.name;
}
