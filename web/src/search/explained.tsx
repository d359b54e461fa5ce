import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../src/server/contracts/editor.ts';
import { apiSend } from '../api/client.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { useFaultText } from './sayings/use-fault-text.ts';
import type { TypedRange } from './time-range.ts';

interface Props {
  readonly text: string;
  readonly range: TypedRange;
  readonly onClose: () => void;
}

/** Every form that a search goes through; nothing is run. */
export function Explained({ text, range, onClose }: Props) {
  const { t } = useTranslation('search');
  const explanation = useQuery({
    queryKey: ['explain', text, range],
    queryFn: ({ signal }) =>
      apiSend<Explanation>(
        'POST',
        '/explain',
        {
          text,
          ...(range.earliest === undefined ? {} : { earliest: range.earliest }),
          ...(range.latest === undefined ? {} : { latest: range.latest }),
        },
        signal,
      ),
  });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog explain">
          <header>
            <Dialog.Title>{t('howItRuns')}</Dialog.Title>
            <Dialog.Close className="tb sq xs" aria-label={t('close')}>
              <X size={14} aria-hidden />
            </Dialog.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
          <div className="dialogbody" tabIndex={0}>
            {explanation.error?.message}
            {explanation.data && <Forms {...explanation.data} />}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Forms({ sections, diagnostics }: Explanation) {
  const { t } = useTranslation('search');
  const faultText = useFaultText();
  return (
    <>
      {sections.map(({ heading, operator, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sections of one answer never move
        <section key={place}>
          <h3>
            {t(`explain-${heading}`)}
            {operator !== null && (
              <>
                {' '}
                <code>
                  <RecordedText text={operator} most={300} />
                </code>
              </>
            )}
          </h3>
          {heading === 'fields-read' && (text === '*' || text === '') ? (
            <p>{t(text === '*' ? 'explainEveryField' : 'explainNoField')}</p>
          ) : (
            text !== '' && (
              <pre>
                <RecordedText text={text} lines most={200_000} />
              </pre>
            )
          )}
        </section>
      ))}
      {diagnostics.map((diagnostic) => {
        const { message, hint } = faultText(diagnostic);
        return (
          <p key={`${diagnostic.code} ${diagnostic.from}`} className="fault">
            <RecordedText text={hint === null ? message : `${message} ${hint}`} most={600} />
          </p>
        );
      })}
    </>
  );
}
