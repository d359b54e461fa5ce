import { useEffect, useState } from 'react';
import type { Check } from '../../../../src/server/contracts/editor.ts';
import { apiSend } from '../../api/client.ts';

export interface CheckedText {
  readonly text: string;
  readonly check: Check;
}

/** Long enough not to ask at each key, short enough to seem at once. */
const pause = 140;

/** What the server says of a text while it is being written; the last answer stays until the next. */
export function useCheck(text: string, zone: string): CheckedText | undefined {
  const [checked, setChecked] = useState<CheckedText>();
  useEffect(() => {
    if (text.trim() === '') return setChecked(undefined);
    const asked = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const check = await apiSend<Check>('POST', '/check', { text, timezone: zone }, asked.signal);
        if (!asked.signal.aborted) setChecked({ text, check });
      } catch {
        // Without an answer the text is drawn plain; running it says what is wrong.
      }
    };
    const timer = setTimeout(() => void ask(), pause);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [text, zone]);
  return checked;
}
