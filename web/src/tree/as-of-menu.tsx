import { Popover } from '@base-ui/react/popover';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tree } from '../../../src/server/contracts/tree.ts';
import { clockOf, dateOf, momentIn, readMoment, useZone, zoneLabel } from '../text/time.ts';

interface Props {
  readonly tree: Tree;
  readonly onAsOf: (moment: string | undefined) => void;
  readonly children: ReactNode;
}

/** Chooses the moment up to which events had arrived. */
export function AsOfMenu({ tree, onAsOf, children }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const shown = readMoment(tree.asof) ?? readMoment(tree.arrived) ?? readMoment(tree.now) ?? 0;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const moment = readDateClock(text, zone);
  const go = (next: string | undefined) => {
    setOpen(false);
    onAsOf(next);
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setText(`${dateOf(shown, zone)} ${clockOf(shown, zone)}`);
      }}
    >
      <Popover.Trigger className="gc">{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="positioner">
          <Popover.Popup className="menu asof" aria-label={t('asOf')}>
            <p>{t('asOfHint')}</p>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (moment !== undefined) go(new Date(moment).toISOString());
              }}
            >
              <input
                className="field m"
                aria-label={t('asOf')}
                aria-invalid={moment === undefined}
                value={text}
                spellCheck={false}
                onChange={(event) => setText(event.target.value)}
              />
              <span className="dim">{zoneLabel(shown, zone)}</span>
              <button type="submit" className="btn sm" disabled={moment === undefined}>
                {t('asOfShow')}
              </button>
            </form>
            <hr />
            <button
              type="button"
              className="menuitem"
              onClick={() => go(undefined)}
              aria-pressed={tree.asof === null}
            >
              {t('asOfNow')}
            </button>
            {tree.asof === null && (
              <button
                type="button"
                className="menuitem"
                onClick={() => go(tree.arrived ?? tree.now ?? undefined)}
              >
                {t('asOfHold')}
              </button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** `2026-11-18 10:46:12` on the zone's clock, or an ISO moment with its zone. */
function readDateClock(text: string, zone: string): number | undefined {
  const plain = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)$/.exec(text.trim());
  if (plain) return momentIn(plain[1] ?? '', plain[2] ?? '', zone);
  const parsed = /Z$|[+-]\d\d:\d\d$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
