import { useTranslation } from 'react-i18next';
import { dateClockOf, readMoment, useZone } from '../text/time.ts';

/** A moment of the server on the page's clock; where there is none, that it never was. */
export function MomentText({ at }: { readonly at: string | null }) {
  const { t } = useTranslation('admin');
  const zone = useZone();
  const moment = readMoment(at);
  return moment === undefined ? (
    <span className="dim">{t('never')}</span>
  ) : (
    <time dateTime={at ?? ''} className="num">
      {dateClockOf(moment, zone)}
    </time>
  );
}
