import { useTranslation } from 'react-i18next';

export function TreePage() {
  const { t } = useTranslation('tree');
  return <h1>{t('title')}</h1>;
}
