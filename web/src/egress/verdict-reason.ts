import { useCallback } from 'react';
import { usePreferences } from '../frame/preferences.ts';
import { japaneseVerdictReason } from './verdict-reason-japanese.ts';

/** Words what a verdict rests on in the chosen language; what has no wording stays in English. */
export function useVerdictReason(): (reason: string) => string {
  const { language } = usePreferences();
  return useCallback(
    (reason) => (language === 'ja' ? (japaneseVerdictReason(reason) ?? reason) : reason),
    [language],
  );
}
