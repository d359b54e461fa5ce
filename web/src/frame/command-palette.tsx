import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FolderOpen, Monitor, Network, Search, SquareArrowOutUpRight, Waypoints } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseList } from '../../../src/server/contracts/cases.ts';
import type { Hunts } from '../../../src/server/contracts/hunts.ts';
import type { HostList } from '../../../src/server/contracts/tree.ts';
import { apiGet } from '../api/client.ts';
import { count } from '../text/quantity.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { type PaletteItem, paletteItems, quoted } from './palette-items.ts';

const icons = {
  page: SquareArrowOutUpRight,
  host: Monitor,
  match: Network,
  pid: Network,
  case: FolderOpen,
  hunt: Waypoints,
  events: Search,
} as const satisfies Record<PaletteItem['kind'], unknown>;

export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const hosts = useQuery({ queryKey: ['hosts'], queryFn: () => apiGet<HostList>('/hosts') });
  const cases = useQuery({ queryKey: ['cases'], queryFn: () => apiGet<CaseList>('/cases') });
  const hunts = useQuery({ queryKey: ['hunts'], queryFn: () => apiGet<Hunts>('/hunts') });
  const items = useMemo(
    () =>
      paletteItems(text, {
        pages: [
          { kind: 'page', to: '/search', text: t('search') },
          { kind: 'page', to: '/tree', text: t('tree') },
          { kind: 'page', to: '/compare', text: t('compare') },
          { kind: 'page', to: '/coverage', text: t('coverage') },
          { kind: 'page', to: '/egress', text: t('egress') },
          { kind: 'page', to: '/cases', text: t('cases') },
          { kind: 'page', to: '/export', text: t('exportEverything') },
        ],
        hosts: hosts.data?.hosts ?? [],
        cases: cases.data?.cases ?? [],
        hunts: hunts.data?.hunts ?? [],
      }),
    [text, t, hosts.data, cases.data, hunts.data],
  );

  const go = (item: PaletteItem): void => {
    onClose();
    switch (item.kind) {
      case 'page':
        void navigate({ to: item.to });
        break;
      case 'host':
        void navigate({ to: '/tree', search: { host: item.host } });
        break;
      case 'match':
        void navigate({ to: '/tree', search: { host: item.host, match: item.match } });
        break;
      case 'pid':
        void navigate({ to: '/tree', search: { host: item.host, pid: item.pid } });
        break;
      case 'case':
        void navigate({ to: '/cases', search: { case: item.id } });
        break;
      case 'hunt':
        void navigate({ to: '/search', search: { hunt: item.id, step: 0 } });
        break;
      case 'events':
        void navigate({ to: '/search', search: { q: quoted(item.text), run: true } });
    }
  };

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setCurrent(next);
    list.current?.querySelector(`#palette-${next}`)?.scrollIntoView({ block: 'nearest' });
  };

  const onKey = (event: KeyboardEvent): void => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(current + 1),
      ArrowUp: () => move(current - 1),
      PageDown: () => move(current + 8),
      PageUp: () => move(current - 8),
      Enter: () => {
        const item = items[current];
        if (item) go(item);
      },
    };
    const step = steps[event.key];
    if (!step || event.nativeEvent.isComposing) return;
    event.preventDefault();
    step();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog palette" aria-label={t('goTo')}>
          <div className="paletteinput">
            <Search size={15} aria-hidden />
            <input
              role="combobox"
              aria-expanded="true"
              aria-controls="palette-list"
              aria-activedescendant={items.length > 0 ? `palette-${current}` : undefined}
              aria-label={t('goTo')}
              placeholder={t('goToHint')}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setCurrent(0);
              }}
              onKeyDown={onKey}
            />
            <kbd>Esc</kbd>
          </div>
          <div className="palettelist" id="palette-list" role="listbox" aria-label={t('goTo')} ref={list}>
            {items.map((item, at) => {
              const Icon = icons[item.kind];
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the combobox's
                <div
                  key={JSON.stringify(item)}
                  id={`palette-${at}`}
                  role="option"
                  aria-selected={at === current}
                  className="paletteitem"
                  onClick={() => go(item)}
                  onMouseMove={() => at !== current && setCurrent(at)}
                >
                  <Icon size={14} aria-hidden />
                  <ItemText item={item} />
                </div>
              );
            })}
            {items.length === 0 && <p className="dim">{t('nothingFound')}</p>}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ItemText({ item }: { readonly item: PaletteItem }) {
  const { t } = useTranslation('frame');
  switch (item.kind) {
    case 'page':
      return (
        <>
          <span>{item.text}</span>
          <small>{t('pages')}</small>
        </>
      );
    case 'host':
      return (
        <>
          <RecordedText text={item.host} className="m" />
          <small className="num">{t('eventsCount', { count: item.events, text: count(item.events) })}</small>
        </>
      );
    case 'match':
      return <span>{t('processesOn', { host: item.host, text: item.match })}</span>;
    case 'pid':
      return <span>{t('pidOn', { host: item.host, text: item.pid })}</span>;
    case 'case':
      return (
        <>
          <span>{item.name}</span>
          <small>{t('cases')}</small>
        </>
      );
    case 'hunt':
      return (
        <>
          <span>{item.name}</span>
          <small>{t('hunts')}</small>
        </>
      );
    case 'events':
      return <span>{t('searchFor', { text: item.text })}</span>;
  }
}
