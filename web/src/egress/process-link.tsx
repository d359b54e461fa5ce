import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EgressProcessMessage } from '../../../src/server/contracts/egress.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import type { EgressLink } from './egress-link.ts';

interface LinkProps {
  readonly process: EgressProcessMessage;
  readonly link: EgressLink;
}

/** A process by name and id; leads to its tree. */
export function ProcessLink({ process, link }: LinkProps) {
  const { t } = useTranslation('egress');
  const { host, asof } = link;
  const name = process.name === '' ? '?' : process.name;
  return (
    <Link
      className="lnk"
      to="/tree"
      search={{ ...(host !== undefined && { host }), id: process.id, ...(asof !== undefined && { asof }) }}
      title={t('showProcess', { name })}
    >
      <RecordedText text={name} most={60} />
      {process.pid !== null && ` ${process.pid}`}
    </Link>
  );
}
