import i18next, { type TFunction } from 'i18next';
import type {
  AgainstReason,
  EgressTier,
  EgressVerdict,
  ForReason,
  VerdictCode,
} from '../../../src/server/contracts/egress.ts';
import { egressTexts } from '../i18n/egress.ts';
import { addAreaTexts } from '../i18n/language.ts';
import { durationText } from '../text/duration.ts';

addAreaTexts('egress', egressTexts);

export type EgressWords = TFunction<'egress'>;

export const verdictWords = {
  C: 'verdictC',
  B: 'verdictB',
  S: 'verdictS',
  O: 'verdictO',
  U: 'verdictU',
  F: 'verdictF',
  A: 'verdictA',
  P: 'verdictP',
  T: 'verdictT',
  N: 'verdictN',
} as const satisfies Record<VerdictCode, string>;

export const meaningWords = {
  C: 'meaningC',
  B: 'meaningB',
  S: 'meaningS',
  O: 'meaningO',
  U: 'meaningU',
  F: 'meaningF',
  A: 'meaningA',
  P: 'meaningP',
  T: 'meaningT',
  N: 'meaningN',
} as const satisfies Record<VerdictCode, string>;

export const flagWords = {
  cache: 'flagCache',
  inferred: 'flagInferred',
  peer: 'flagPeer',
  'in-only': 'flagInOnly',
} as const satisfies Record<EgressVerdict['flags'][number], string>;

export const tierWords = { 1: 'tier1', 2: 'tier2', 3: 'tier3' } as const satisfies Record<EgressTier, string>;

export const againstWords = {
  'user-agent-of-another-program': 'againstUserAgent',
  'another-user': 'againstUser',
  'others-recorded-not-this': 'againstRecorded',
} as const satisfies Record<AgainstReason, string>;

const viaWords = {
  dns: 'forDns',
  'dns-answer': 'forDnsAnswer',
  'command-line': 'forCommandLine',
  script: 'forScript',
  download: 'forDownload',
} as const satisfies Record<NonNullable<ForReason['via']>, string>;

/** Milliseconds in short, without their sign. */
export function spanText(milliseconds: number): string {
  return durationText(Math.abs(milliseconds) / 1000);
}

/** A difference of clocks, to the millisecond that it is measured to. */
export function offsetText(milliseconds: number): string {
  const language = i18next.language;
  const number = new Intl.NumberFormat(language, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
    signDisplay: 'exceptZero',
  }).format(milliseconds / 1000);
  return `${number}\u2009${language === 'ja' ? '秒' : 's'}`;
}

/** What speaks for a process, in the language of the page. */
export function forText(reason: ForReason, t: EgressWords): string {
  const time = spanText(reason.ms ?? 0);
  switch (reason.kind) {
    case 'same-four-values':
      return t('forFourValues', { time });
    case 'same-connection-before':
      return t('forConnectionBefore');
    case 'named': {
      const via = t(viaWords[reason.via ?? 'dns']);
      const said = reason.whole ? t('forWhole', { said: via }) : via;
      if (reason.via === 'command-line') return said;
      return t((reason.ms ?? 0) < 0 ? 'forAfter' : 'forBefore', { said, time });
    }
    case 'connected-then':
      return t('forConnectedThen', { time });
    case 'user-agent':
      return t('forUserAgent');
    case 'user':
      return t('forUser');
    case 'alive-at-every-contact':
      return t('forEveryContact', { contacts: reason.contacts ?? 0 });
    case 'first-contact-after-start':
      return t('forFirstContact', { time });
  }
}

/** `8 content delivered, 1 upstream failed`. */
export function countsText(
  counts: readonly { readonly code: VerdictCode; readonly count: number }[],
  t: EgressWords,
): string {
  return counts.map(({ code, count }) => `${count} ${t(verdictWords[code])}`).join(', ');
}
