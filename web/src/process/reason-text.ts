import { useCallback } from 'react';
import type { ReasonMessage } from '../../../src/server/contracts/reason.ts';
import { usePreferences } from '../frame/preferences.ts';
import { useZone } from '../text/time.ts';
import { japaneseReason } from './reason-japanese.ts';

/** Words a reason in the chosen language; English is what the server says. */
export function useReasonText(): (reason: ReasonMessage) => string {
  const { language } = usePreferences();
  const zone = useZone();
  return useCallback(
    (reason) => (language === 'ja' ? (japaneseReason(reason, zone) ?? reason.text) : reason.text),
    [language, zone],
  );
}
