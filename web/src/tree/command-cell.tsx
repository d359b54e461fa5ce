import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { RecordedText } from '../text/recorded-text.tsx';
import { elideCommandLine, longLine } from './model/elide-command-line.ts';

interface Props {
  readonly text: string;
  /** Of the whole line, where `text` is only its beginning. */
  readonly length: number;
  readonly find: string;
  readonly isCurrentHit: boolean;
  /** Characters that the cell has room for. */
  readonly room: number;
  readonly wrap: boolean;
  readonly t: TFunction<'tree'>;
}

/** A command line in a row: its beginning, and the first hit or hidden character. */
export function CommandCell({ text, length, find, isCurrentHit, room, wrap, t }: Props) {
  const parts = useMemo(
    () => elideCommandLine(text, find, wrap ? 100_000 : room, wrap ? 2000 : 400),
    [text, find, room, wrap],
  );
  return (
    <>
      <span className={wrap ? 'cl wrapped' : 'cl'} title={text.slice(0, 1000)}>
        {parts.map((part, at) =>
          part.kind === 'cut' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never move
            <span key={at} className="cut">
              ⋯{part.count.toLocaleString('en')}
            </span>
          ) : part.hit ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <mark key={at} className={isCurrentHit ? 'now' : undefined}>
              <RecordedText text={part.text} />
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <RecordedText key={at} text={part.text} />
          ),
        )}
      </span>
      {length > longLine && <span className="ch">{t('characters', { count: length })}</span>}
    </>
  );
}
