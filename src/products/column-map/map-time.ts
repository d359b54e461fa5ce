import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import { isPlausible } from '../chosen-time.ts';
import { readMoment } from '../generic/generic-time.ts';
import { LocalZone } from '../local-zone.ts';
import type { TimeColumn } from './column-map.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Parts of a pattern: how each is matched. */
const parts = {
  YYYY: '(?<year>\\d{4})',
  MMM: '(?<name>[A-Za-z]{3})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{1,9})',
  A: '(?<half>[AaPp][Mm])',
} as const;
const part = /YYYY|MMM|MM|DD|HH|hh|mm|ss|SSS|A/g;
const LONGEST_PATTERN = 64;

/** The expression of a pattern; undefined where it is none: it needs year, month, day, hour and minute, each once. */
export function patternOf(format: string): RegExp | undefined {
  if (format.length > LONGEST_PATTERN) return undefined;
  const found: readonly string[] = format.match(part) ?? [];
  const has = (...names: readonly string[]) => found.filter((each) => names.includes(each)).length === 1;
  if (!has('YYYY') || !has('MM', 'MMM') || !has('DD') || !has('HH', 'hh') || !has('mm')) return undefined;
  if (new Set(found).size !== found.length || found.includes('hh') !== found.includes('A')) return undefined;
  const escaped = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^\\s*${escaped.replace(part, (each) => parts[each as keyof typeof parts])}\\s*$`);
}

/** Reads a text by a map's rule; undefined where it does not fit. */
export class MapClock {
  readonly #pattern: RegExp | undefined;
  readonly #time: TimeColumn;
  readonly #zone: LocalZone;

  constructor(time: TimeColumn) {
    this.#time = time;
    this.#pattern = time.format === 'iso' || time.format === 'epoch' ? undefined : patternOf(time.format);
    this.#zone = new LocalZone(time.zone);
  }

  read(text: string): Ticks | undefined {
    if (this.#time.format === 'epoch')
      return /^-?\d/.test(text) && !text.includes(':') ? readMoment(text) : undefined;
    if (this.#pattern !== undefined) return this.#ofPattern(text, this.#pattern);
    const ticks = parseIsoTicks(text);
    if (ticks === undefined) return undefined;
    const hasZone = /(?:Z|UTC|[+-]\d{2}:?\d{2})$/i.test(text.trim());
    return plausible(hasZone ? ticks : this.#zone.momentOf(ticks));
  }

  #ofPattern(text: string, pattern: RegExp): Ticks | undefined {
    const found = pattern.exec(text.slice(0, 128))?.groups;
    if (found === undefined) return undefined;
    const { year, name, month, day, hour, minute, second = '00', fraction = '', half } = found;
    const number = name === undefined ? Number(month) : months.indexOf(name.toLowerCase()) + 1;
    let hours = Number(hour);
    if (half !== undefined) {
      if (hours < 1 || hours > 12) return undefined;
      hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
    }
    const two = (value: number) => String(value).padStart(2, '0');
    const ticks = parseIsoTicks(
      `${year}-${two(number)}-${two(Number(day))}T${two(hours)}:${minute}:${second}.${fraction.slice(0, 7).padEnd(1, '0')}`,
    );
    return ticks === undefined ? undefined : plausible(this.#zone.momentOf(ticks));
  }
}

function plausible(ticks: Ticks): Ticks | undefined {
  return isPlausible(ticks) ? ticks : undefined;
}
