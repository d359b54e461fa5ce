import { Popover } from '@base-ui/react/popover';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hunts } from '../../../../src/server/contracts/hunts.ts';
import { apiGet, apiSend } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { newHunt, setWorkingHunt, useWorkingHunt, workingHunt } from './working-hunt.ts';

interface Props {
  readonly children: ReactNode;
  /** The hunt is another one now. */
  readonly onHunt: () => void;
}

/** The saved hunts: to open one, to begin a new one, to take one away. */
export function HuntMenu({ children, onHunt }: Props) {
  const { t } = useTranslation('search');
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const current = useWorkingHunt();
  const hunts = useQuery({
    queryKey: ['hunts'],
    queryFn: ({ signal }) => apiGet<Hunts>('/hunts', {}, signal),
    enabled: open,
  });
  const remove = async (id: string): Promise<void> => {
    await apiSend('DELETE', `/hunts/${encodeURIComponent(id)}`);
    if (workingHunt().id === id) setWorkingHunt({ ...workingHunt(), id: undefined });
    await queryClient.invalidateQueries({ queryKey: ['hunts'] });
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="hunt" title={t('hunts')}>
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="positioner">
          <Popover.Popup className="menu huntmenu" aria-label={t('hunts')}>
            <button
              type="button"
              className="menuitem"
              onClick={() => {
                newHunt();
                setOpen(false);
                onHunt();
              }}
            >
              <Plus size={13} aria-hidden />
              {t('newHunt')}
            </button>
            <hr />
            <p className="menulabel">{t('savedHunts')}</p>
            {hunts.data?.hunts.length === 0 && <p className="menunote">{t('noHunts')}</p>}
            {hunts.error && <p className="menunote">{hunts.error.message}</p>}
            <ul>
              {hunts.data?.hunts.map((saved) => (
                <li key={saved.id} className="pair">
                  <button
                    type="button"
                    className="menuitem"
                    aria-pressed={saved.id === current.id}
                    onClick={() => {
                      setOpen(false);
                      void navigate({ to: '/search', search: { hunt: saved.id, step: 0 } });
                    }}
                  >
                    <span>{saved.name}</span>
                    <span className="dim num">{t('stepsCount', { count: saved.steps.length })}</span>
                  </button>
                  <button
                    type="button"
                    className="tb sq xs"
                    aria-label={t('removeHunt', { name: saved.name })}
                    title={t('removeHunt', { name: saved.name })}
                    onClick={() => void remove(saved.id)}
                  >
                    <Trash2 size={13} aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
