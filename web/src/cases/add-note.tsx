import { Popover } from '@base-ui/react/popover';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pin } from '../../../src/server/contracts/cases.ts';
import { notify } from '../frame/notices.ts';
import { addCase, addItem, casesQuery } from './cases-queries.ts';
import { readTags } from './tags.ts';

interface Props {
  /** What the note is pinned to; several processes that were marked share a note. */
  readonly pin: Pin | readonly Pin[];
  readonly className: string;
  readonly label: string;
  readonly children: ReactNode;
}

/** Pins a note with tags to a process, an event or a view, in a case. */
export function AddNote({ pin, className, label, children }: Props) {
  const { t } = useTranslation('cases');
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...casesQuery, enabled: open });
  const cases = data?.cases.filter((each) => each.status === 'open') ?? [];
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [tags, setTags] = useState('');
  const [fault, setFault] = useState('');
  const target = chosen !== '' ? chosen : (cases[0]?.id ?? 'new');
  const pins: readonly Pin[] = isList(pin) ? pin : [pin];

  const save = async (): Promise<void> => {
    try {
      const id =
        target === 'new' ? (await addCase({ name: name.trim() === '' ? t('unnamed') : name })).id : target;
      for (const each of pins) await addItem(id, { pin: each, text, tags: readTags(tags) });
      setOpen(false);
      setText('');
      setTags('');
      setFault('');
      notify({ kind: 'done', text: t('noteAdded') });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={className} aria-label={label} title={label}>
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="positioner">
          <Popover.Popup className="popover notepop">
            <Popover.Title className="notehead">{t('addNote')}</Popover.Title>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void save();
              }}
            >
              <label>
                <span>{t('case')}</span>
                <select className="field" value={target} onChange={(event) => setChosen(event.target.value)}>
                  {cases.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.name}
                    </option>
                  ))}
                  <option value="new">{t('newCase')}</option>
                </select>
              </label>
              {target === 'new' && (
                <label>
                  <span>{t('name')}</span>
                  <input
                    className="field"
                    value={name}
                    placeholder={t('unnamed')}
                    onChange={(event) => setName(event.target.value)}
                  />
                </label>
              )}
              <label>
                <span>{t('note')}</span>
                <textarea
                  className="field"
                  rows={3}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              </label>
              <label>
                <span>{t('tags')}</span>
                <input
                  className="field"
                  value={tags}
                  placeholder={t('tagsHint')}
                  onChange={(event) => setTags(event.target.value)}
                />
              </label>
              {fault !== '' && (
                <p className="fieldfault" role="alert">
                  {fault}
                </p>
              )}
              <div className="noteacts">
                <Popover.Close className="btn sm ghost">{t('cancel')}</Popover.Close>
                <button type="submit" className="btn sm primary">
                  {t('add')}
                </button>
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function isList(pin: Pin | readonly Pin[]): pin is readonly Pin[] {
  return Array.isArray(pin);
}
