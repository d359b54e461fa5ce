import { useCallback } from 'react';
import type { EgressVerdict } from '../../../src/server/contracts/egress.ts';
import { usePreferences } from '../frame/preferences.ts';
import { japaneseVerdictReason } from './verdict-reason-japanese.ts';

/** Words what a verdict rests on in the chosen language. */
export function useVerdictReason(): (verdict: EgressVerdict) => string {
  const { language } = usePreferences();
  return useCallback(
    ({ reason, reasonParts }) => (language === 'ja' ? japaneseVerdictReason(reasonParts) : reason),
    [language],
  );
}
