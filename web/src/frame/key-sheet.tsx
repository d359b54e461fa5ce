import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyGroup, type KeyLine, useKeyGroup, useKeyGroups } from './keys.ts';

/** The keys that work on every page. */
export function useFrameKeys(): void {
  const { t } = useTranslation('frame');
  const group = useMemo<KeyGroup>(
    () => ({
      title: t('keysEverywhere'),
      lines: [
        { keys: ['Ctrl', 'K'], does: t('keyPalette') },
        { keys: ['F6'], does: t('keyRegion') },
        { keys: ['Esc'], does: t('keyEscape') },
        { keys: ['?'], does: t('keyKeys') },
      ],
    }),
    [t],
  );
  useKeyGroup(group);
}

export function KeySheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('frame');
  const groups = useKeyGroups();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog keysheet">
          <header>
            <Dialog.Title>{t('keys')}</Dialog.Title>
            <Dialog.Close className="tb sq xs" aria-label={t('close')}>
              <X size={14} aria-hidden />
            </Dialog.Close>
          </header>
          <div className="keygroups">
            {groups.map((group) => (
              <section key={group.title}>
                <h3>{group.title}</h3>
                <dl>
                  {group.lines.map((line) => (
                    <Line key={line.keys.join()} line={line} />
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Line({ line }: { readonly line: KeyLine }) {
  return (
    <div>
      <dt>
        {line.keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{line.does}</dd>
    </div>
  );
}
