import i18next from 'i18next';

/** U+2009, between a number and its unit. */
const thin = '\u2009';

type Unit = 'ms' | 's' | 'min' | 'h' | 'd';

const japanese: Readonly<Record<Unit, string>> = { ms: 'ミリ秒', s: '秒', min: '分', h: '時間', d: '日' };

function inUnit(value: number, unit: Unit, language: string): string {
  return `${value}${thin}${language === 'ja' ? japanese[unit] : unit}`;
}

/** Seconds in short, in the language of the page: `6 s`, `14 min`, `1 h 02`, `3 d`; `14 分`, `1 時間 2 分`. */
export function durationText(seconds: number, language: string = i18next.language): string {
  if (seconds < 1) return inUnit(Math.round(seconds * 1000), 'ms', language);
  if (seconds < 10) return inUnit(Math.round(seconds * 10) / 10, 's', language);
  if (seconds < 120) return inUnit(Math.round(seconds), 's', language);
  if (seconds < 7200) return inUnit(Math.round(seconds / 60), 'min', language);
  if (seconds >= 172_800) return inUnit(Math.round(seconds / 86_400), 'd', language);
  const minutes = Math.floor(seconds / 60);
  if (language === 'ja') return lengthText(minutes * 60_000, language);
  return `${inUnit(Math.floor(minutes / 60), 'h', language)}${thin}${String(minutes % 60).padStart(2, '0')}`;
}

const sizes: readonly (readonly [milliseconds: number, unit: Unit])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
  [1, 'ms'],
];

/** `46 min 12 s`: the two greatest units. */
export function lengthText(milliseconds: number, language: string): string {
  let rest = Math.round(milliseconds);
  const words: string[] = [];
  for (const [size, unit] of sizes) {
    const number = Math.floor(rest / size);
    rest -= number * size;
    if (number > 0) words.push(inUnit(number, unit, language));
    if (words.length === 2) break;
  }
  return words.join(' ') || inUnit(0, 's', language);
}
