import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyGroup, useHotkey, useKeyGroup } from '../frame/keys.ts';

interface Acts {
  readonly find: () => void;
  readonly nextHit: (step: 1 | -1) => void;
}

/** Keys that work everywhere on the page of a tree, and the lines of the key sheet. */
export function useTreeKeys({ find, nextHit }: Acts): void {
  const { t } = useTranslation('tree');
  useHotkey('Ctrl+F', find);
  useHotkey('/', find);
  useHotkey(
    'F3',
    useCallback(() => nextHit(1), [nextHit]),
  );
  useHotkey(
    'Shift+F3',
    useCallback(() => nextHit(-1), [nextHit]),
  );
  const group = useMemo<KeyGroup>(
    () => ({
      title: t('title'),
      lines: [
        { keys: ['↑', '↓'], either: true, does: t('keysUpDown') },
        { keys: ['→'], does: t('keysRight') },
        { keys: ['←'], does: t('keysLeft') },
        { keys: ['Home', 'End'], either: true, does: t('keysHome') },
        { keys: ['PgUp', 'PgDn'], either: true, does: t('keysPage') },
        { keys: ['a–z'], does: t('keysLetters') },
        { keys: ['*'], does: t('keysStar') },
        { keys: ['⇧', '1–9'], does: t('keysLevel') },
        { keys: ['Enter'], does: t('keysEnter') },
        { keys: ['Space'], does: t('keysSpace') },
        { keys: ['⇧', 'F'], does: t('keysFocus') },
        { keys: ['Backspace'], does: t('keysBack') },
        { keys: ['⇧', 'H'], does: t('keysAround') },
        { keys: ['⇧', 'E'], does: t('keysRaw') },
        { keys: ['⇧', 'P'], does: t('keysCandidates') },
        { keys: ['⇧', 'C'], does: t('keysCopy') },
        { keys: ['⇧', 'L'], does: t('keysLink') },
        { keys: ['⇧', 'D'], does: t('keysDoubtful') },
        { keys: ['⇧', 'G'], does: t('keysFlagged') },
        { keys: ['⇧', 'W'], does: t('keysWrap') },
        { keys: ['Ctrl F', '/'], either: true, does: t('keysFind') },
        { keys: ['F3', '⇧F3'], either: true, does: t('keysHit') },
        { keys: ['['], does: t('keysThen') },
        { keys: ['←', '→'], either: true, does: t('keysStrip') },
        { keys: ['⇧←', '⇧→'], either: true, does: t('keysStripTime') },
        { keys: ['+', '-'], either: true, does: t('keysStripZoom') },
      ],
    }),
    [t],
  );
  useKeyGroup(group);
}
