import { Link } from '@tanstack/react-router';
import { GitCompare, History, Link2, Monitor } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../text/clipboard.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { linkWithMoment } from '../tree/tree-link-text.ts';
import type { CompareLink } from './compare-link.ts';
import { compareSelection } from './compare-queries.ts';

interface HeadProps {
  readonly link: CompareLink;
  readonly subject: string;
  /** What then is at first. */
  readonly then: string;
  readonly children?: React.ReactNode;
}

/** The head of both views: what is compared, of which host and process. */
export function CompareHead({ link, subject, then, children }: HeadProps) {
  const { t } = useTranslation('compare');
  const selection = compareSelection(link);
  // Both ways show the tree as of one moment.
  const now = link.asof ?? link.to;
  return (
    <div className="ctx">
      <div className="who">
        <h1>{t('title')}</h1>
        <nav className="seg lg" aria-label={t('what')}>
          <Link
            to="/compare"
            search={{ ...selection, mode: 'naive', ...(now !== undefined && { asof: now }) }}
            {...(link.mode !== 'then' && { 'aria-current': 'page' })}
          >
            <GitCompare className="i" size={14} aria-hidden />
            {t('naiveTab')}
          </Link>
          <Link
            to="/compare"
            search={{
              ...selection,
              mode: 'then',
              from: link.from ?? then,
              ...(now !== undefined && { to: now }),
            }}
            {...(link.mode === 'then' && { 'aria-current': 'page' })}
          >
            <History className="i" size={14} aria-hidden />
            {t('thenTab')}
          </Link>
        </nav>
        <Link className="sub" to="/tree" search={selection} title={t('toTree')}>
          <Monitor className="i" size={13} aria-hidden />
          <RecordedText text={link.host ?? ''} />
          {subject !== '' && (
            <>
              <span className="vr" />
              <RecordedText text={subject} />
            </>
          )}
        </Link>
      </div>
      <div className="acts">
        {children}
        <button
          type="button"
          className="btn"
          aria-label={t('copyLink')}
          onClick={() => void copyText(linkWithMoment(null), t('linkCopied'))}
        >
          <Link2 size={14} aria-hidden />
          <span>{t('copyLink')}</span>
        </button>
      </div>
    </div>
  );
}
