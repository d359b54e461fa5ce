import { Popover } from '@base-ui/react/popover';
import { Check, Clock } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offsetText, zoneLabel, zoneOffset } from '../text/time.ts';
import { browserZone, setPreferences, usePreferences } from './preferences.ts';

export function ZoneMenu() {
  const { t } = useTranslation('frame');
  const { zone } = usePreferences();
  const [open, setOpen] = useState(false);
  const label = zoneLabel(Date.now(), zone);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="tb"
        title={`${zone}, UTC${offsetText(zoneOffset(Date.now(), zone))}`}
        aria-label={`${t('zone')}: ${label}`}
      >
        <Clock size={14} aria-hidden />
        <span className="num">{label}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="positioner">
          <Popover.Popup className="menu zones" aria-label={t('zone')}>
            <ZoneList onChosen={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ZoneList({ onChosen }: { readonly onChosen: () => void }) {
  const { t } = useTranslation('frame');
  const { zone } = usePreferences();
  const [sought, setSought] = useState('');
  const zones = useMemo(() => [...new Set([browserZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])], []);
  const words = sought
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);
  const found = zones.filter((name) => words.every((word) => name.toLowerCase().includes(word))).slice(0, 60);
  const now = Date.now();
  const choose = (name: string): void => {
    setPreferences({ zone: name });
    onChosen();
  };
  return (
    <>
      <p>{t('zoneHint')}</p>
      <input
        className="field"
        type="search"
        aria-label={t('zoneFind')}
        placeholder={t('zoneFind')}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key === 'Enter' && first !== undefined) choose(first);
        }}
      />
      <ul>
        {found.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="menuitem"
              aria-pressed={name === zone}
              onClick={() => choose(name)}
            >
              <span className="tick">{name === zone && <Check size={13} aria-hidden />}</span>
              <span>
                {name === browserZone ? t('zoneBrowser', { zone: name }) : name.replaceAll('_', ' ')}
              </span>
              <span className="num dim">{offsetText(zoneOffset(now, name))}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
