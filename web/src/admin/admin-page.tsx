import './admin.css';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { AuditSection } from './audit-section.tsx';
import { TokenSection } from './token-section.tsx';
import { UserSection } from './user-section.tsx';

export function AdminPage() {
  const { t } = useTranslation('admin');
  const session = useSession();
  useEffect(() => {
    document.title = `${t('title')} · Keizu`;
  }, [t]);
  return (
    <div className="adminpage">
      <h1>{t('title')}</h1>
      {session?.user?.role === 'admin' ? (
        <>
          <UserSection />
          <TokenSection />
          <AuditSection />
        </>
      ) : (
        <p className="lead">{t('notAllowed')}</p>
      )}
    </div>
  );
}
