import { useTranslation } from 'react-i18next';
import type { ProcessPanel } from '../../../src/server/contracts/process.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { SeverityMark } from '../tree/severity-mark.tsx';
import { useReasonText } from './reason-text.ts';

/** What is unusual about the process. */
export function FlagSection({ panel }: { readonly panel: ProcessPanel }) {
  const { t } = useTranslation('process');
  const reason = useReasonText();
  return (
    <section aria-labelledby="panel-flags">
      <h3 id="panel-flags">{t('flags')}</h3>
      <ul className="flaglist">
        {panel.flags.map((flag) => (
          <li key={flag.code}>
            <SeverityMark severity={flag.severity} />
            <RecordedText text={reason(flag.reason)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
