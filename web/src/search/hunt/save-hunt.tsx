import { Popover } from '@base-ui/react/popover';
import { useNavigate } from '@tanstack/react-router';
import { Save } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hunt, NewHunt } from '../../../../src/server/contracts/hunts.ts';
import { ApiFailure, apiSend } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { notify } from '../../frame/notices.ts';
import { setWorkingHunt, stepName, useWorkingHunt, workingHunt } from './working-hunt.ts';

export function SaveHunt() {
  const { t } = useTranslation('search');
  const navigate = useNavigate({ from: '/search' });
  const hunt = useWorkingHunt();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string>();

  const save = async (asNew: boolean): Promise<void> => {
    const body: NewHunt = {
      ...(asNew || hunt.id === undefined ? {} : { id: hunt.id }),
      name: name.trim(),
      steps: workingHunt().steps.map((step) => ({
        title: step.title || stepName(step),
        text: step.text,
        earliest: step.earliest ?? null,
        latest: step.latest ?? null,
      })),
    };
    try {
      const saved = await apiSend<Hunt>('POST', '/hunts', body);
      setWorkingHunt({ ...workingHunt(), id: saved.id, name: saved.name });
      await queryClient.invalidateQueries({ queryKey: ['hunts'] });
      setOpen(false);
      notify({ kind: 'done', text: t('huntSaved', { name: saved.name }) });
      void navigate({ search: (link) => ({ ...link, hunt: saved.id }), replace: true });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.message);
    }
  };

  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setName(hunt.name);
        setFailure(undefined);
      }}
    >
      <Popover.Trigger className="tb" title={t('saveHunt')}>
        <Save size={14} aria-hidden />
        <span>{t('saveHunt')}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="positioner">
          <Popover.Popup className="popover saveform" aria-label={t('saveHunt')}>
            <form
              onSubmit={(event: FormEvent) => {
                event.preventDefault();
                void save(false);
              }}
            >
              <label htmlFor={id}>{t('huntName')}</label>
              <input
                id={id}
                className="field"
                required
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <p className="dim">{t('saveHuntHint', { count: hunt.steps.length })}</p>
              <p className="fieldfault" role="alert">
                {failure}
              </p>
              <span className="acts">
                <button type="submit" className="btn sm primary" disabled={name.trim() === ''}>
                  {t('save')}
                </button>
                {hunt.id !== undefined && (
                  <button
                    type="button"
                    className="btn sm"
                    disabled={name.trim() === '' || name.trim() === hunt.name}
                    onClick={() => void save(true)}
                  >
                    {t('saveAsNew')}
                  </button>
                )}
              </span>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
