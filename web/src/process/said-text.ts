import { useCallback } from 'react';
import type { Said } from '../../../src/server/contracts/said.ts';
import { usePreferences } from '../frame/preferences.ts';
import { japaneseSaid } from './said-japanese.ts';

/** What is said of an event: the English line, and its pieces. */
interface EventLine {
  readonly summary: string;
  readonly said: Said;
}

/** Words a line about an event in the chosen language. */
export function useSaidText(): (event: EventLine) => string {
  const { language } = usePreferences();
  return useCallback(({ summary, said }) => (language === 'ja' ? japaneseSaid(said) : summary), [language]);
}
