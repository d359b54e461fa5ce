import { clockOf, dateClockOf, dateOf, dayOf, momentIn } from '../text/time.ts';

/** A range as typed: time modifiers of SPL, or ISO 8601; undefined is open. */
export interface TypedRange {
  readonly earliest: string | undefined;
  readonly latest: string | undefined;
}

export interface Preset {
  readonly key:
    | 'last15m'
    | 'last60m'
    | 'last4h'
    | 'last24h'
    | 'last7d'
    | 'last30d'
    | 'today'
    | 'yesterday'
    | 'everything';
  readonly range: TypedRange;
}

export const presets: readonly Preset[] = [
  { key: 'last15m', range: { earliest: '-15m', latest: 'now' } },
  { key: 'last60m', range: { earliest: '-60m', latest: 'now' } },
  { key: 'last4h', range: { earliest: '-4h', latest: 'now' } },
  { key: 'last24h', range: { earliest: '-24h', latest: 'now' } },
  { key: 'last7d', range: { earliest: '-7d', latest: 'now' } },
  { key: 'last30d', range: { earliest: '-30d', latest: 'now' } },
  { key: 'today', range: { earliest: '@d', latest: 'now' } },
  { key: 'yesterday', range: { earliest: '-1d@d', latest: '@d' } },
  { key: 'everything', range: { earliest: undefined, latest: undefined } },
];

export function presetOf(range: TypedRange): Preset | undefined {
  return presets.find(
    (preset) => preset.range.earliest === range.earliest && preset.range.latest === range.latest,
  );
}

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds since 1970 of a bound that is written as a moment; undefined for a time modifier. */
export function absoluteBound(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (iso.test(trimmed)) {
    const moment = Date.parse(trimmed.replace(/(\.\d{3})\d+/, '$1'));
    return Number.isNaN(moment) ? undefined : moment;
  }
  return /^\d{9,10}(\.\d+)?$/.test(trimmed) ? Number(trimmed) * 1000 : undefined;
}

const modifier = /^(now(\(\))?)?([+-]\d{0,9}[a-z]+|@(w[0-7]?|[a-z]+))*$/i;

export function isModifier(text: string): boolean {
  return text.trim() !== '' && modifier.test(text.trim());
}

export type BoundFault = 'notATime';

export type TypedBound =
  | { readonly kind: 'bound'; readonly text: string | undefined }
  | { readonly kind: 'fault'; readonly fault: BoundFault };

const wallClock = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2})(:\d{2})?(\.\d{1,3})?)?$/;

/**
 * What a person types as a bound: nothing (open), a clock time in the zone (`2026-11-18 10:00`), a moment, or a time
 * modifier. Gives it as a link writes it.
 */
export function readBound(typed: string, zone: string): TypedBound {
  const text = typed.trim();
  if (text === '') return { kind: 'bound', text: undefined };
  if (isModifier(text) || absoluteBound(text) !== undefined) return { kind: 'bound', text };
  const [, date, minutes = '00:00', seconds = ':00', fraction = ''] = wallClock.exec(text) ?? [];
  if (date === undefined) return { kind: 'fault', fault: 'notATime' };
  const moment = momentIn(date, `${minutes.padStart(5, '0')}${seconds}${fraction}`, zone);
  if (moment === undefined) return { kind: 'fault', fault: 'notATime' };
  return { kind: 'bound', text: new Date(moment).toISOString().replace('.000Z', 'Z') };
}

/** A bound as it is put into a field: moments on the zone's clock, modifiers as they are. */
export function writeBound(text: string | undefined, zone: string): string {
  const moment = absoluteBound(text);
  if (moment === undefined) return text ?? '';
  return dateClockOf(moment, zone, moment % 1000 === 0 ? 'seconds' : 'milliseconds');
}

/** `Wed 18 Nov, 10:00 – 10:46`; days are named where they differ. */
export function spanText(from: number, to: number, zone: string, language: string): string {
  const precision = from % 60_000 === 0 && to % 60_000 === 0 ? 'minutes' : 'seconds';
  const sameDay = dateOf(from, zone) === dateOf(to, zone);
  const comma = language === 'ja' ? ' ' : ', ';
  const one = `${dayOf(from, zone, language)}${comma}${clockOf(from, zone, precision)}`;
  const other = clockOf(to, zone, precision);
  return sameDay ? `${one} – ${other}` : `${one} – ${dayOf(to, zone, language)}${comma}${other}`;
}
