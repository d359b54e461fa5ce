import { useTranslation } from 'react-i18next';

export function SearchPage() {
  const { t } = useTranslation('search');
  return <h1>{t('title')}</h1>;
}
