import { Check, OctagonAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dismiss, useNotices } from './notices.ts';

export function NoticeList() {
  const { t } = useTranslation('frame');
  const notices = useNotices();
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={`notice ${notice.kind}`}>
          {notice.kind === 'done' ? <Check size={14} aria-hidden /> : <OctagonAlert size={14} aria-hidden />}
          <span>{notice.text}</span>
          <button
            type="button"
            className="tb sq xs"
            aria-label={t('close')}
            onClick={() => dismiss(notice.id)}
          >
            <X size={13} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
