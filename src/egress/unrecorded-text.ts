import type { Unrecorded } from './unrecorded.ts';

const unrecordedTexts: Readonly<Record<Unrecorded['kind'], Readonly<Record<Unrecorded['proxies'], string>>>> =
  {
    'name-only': {
      covered: 'name looked up only: no connection is in the proxy log',
      'not-certain':
        'name looked up; whether a connection followed is not certain: the proxy log may have lost it',
      'not-collected': 'name looked up; connections not collected: no proxy log of that time',
    },
    tried: {
      covered: 'tried: the sensor saw it opened, past the proxy, which has no record',
      'not-certain': 'tried: the sensor saw it opened; the proxy log may have lost it',
      'not-collected': 'tried: the sensor saw it opened; no proxy log of that time',
    },
  };

/** What a destination without a proxy's record means, in words. */
export function unrecordedText({ kind, proxies }: Unrecorded): string {
  return unrecordedTexts[kind][proxies];
}

const nameVerdicts: Readonly<Record<Unrecorded['proxies'], string>> = {
  covered: 'name looked up only',
  'not-certain': 'not certain',
  'not-collected': 'not collected',
};

/** The same in a word or three. */
export function unrecordedVerdict({ kind, proxies }: Pick<Unrecorded, 'kind' | 'proxies'>): string {
  return kind === 'tried' ? 'tried' : nameVerdicts[proxies];
}
