import { useCallback } from 'react';
import type { DiagnosticMessage, Failure } from '../../../../src/server/contracts/error.ts';
import { wordedFailure } from '../../api/worded-failure.ts';
import { usePreferences } from '../../frame/preferences.ts';
import { inJapanese } from '../../i18n/in-japanese.ts';

export interface FaultText {
  readonly message: string;
  readonly hint: string | null;
}

/** Words a message about a search in the chosen language; English is what the server says. */
export function useFaultText(): (diagnostic: DiagnosticMessage) => FaultText {
  const { language } = usePreferences();
  return useCallback(
    (diagnostic) => {
      const wording = inJapanese(language)?.fault(diagnostic.code, diagnostic.parameters);
      if (!wording) return diagnostic;
      const [message, hint = null] = wording;
      return { message, hint };
    },
    [language],
  );
}

/** Words why a search did not run or ended: by its gravest fault, where its text has faults. */
export function useSearchFailureText(): (error: Failure['error']) => FaultText {
  const faultText = useFaultText();
  return useCallback(
    (error) => {
      const first = error.diagnostics?.find(({ severity }) => severity === 'error') ?? error.diagnostics?.[0];
      if (first) return faultText(first);
      const { message, hint = null } = wordedFailure(error);
      return { message, hint };
    },
    [faultText],
  );
}
