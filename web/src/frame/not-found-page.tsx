import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFoundPage() {
  const { t } = useTranslation('frame');
  return (
    <div className="blank centred">
      <b>{t('notFoundPage')}</b>
      <p>
        <Link to="/search">{t('toSearch')}</Link>
      </p>
    </div>
  );
}
