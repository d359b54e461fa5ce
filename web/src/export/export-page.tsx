import { Link, useSearch } from '@tanstack/react-router';
import { FilePlus2 } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { exportTexts } from '../i18n/export.ts';
import { addAreaTexts } from '../i18n/language.ts';
import { ExportForm } from './export-form.tsx';
import type { ExportLink } from './export-link.ts';
import { ExportOutcome } from './export-outcome.tsx';
import '../tree/tree.css';
import './export.css';

addAreaTexts('export', exportTexts);

/** Everything of hosts and a window: what is wanted, then how far it is, then the file. */
export function ExportPage() {
  const link = useSearch({ from: '/export' });
  const { t } = useTranslation('export');
  useEffect(() => {
    document.title = `${t('title')} · Keizu`;
  }, [t]);
  return (
    <div className="exportpage">
      <div className="ctx">
        <div className="who">
          <h1>{t('title')}</h1>
        </div>
        <div className="acts">
          {link.id !== undefined && (
            <Link className="btn" to="/export" search={withoutId(link)}>
              <FilePlus2 size={14} aria-hidden />
              <span>{t('again')}</span>
            </Link>
          )}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <div className="exportbody" data-region tabIndex={0}>
        {link.id === undefined ? (
          <ExportForm key={`${link.hosts} ${link.earliest} ${link.latest}`} link={link} />
        ) : (
          <ExportOutcome id={link.id} />
        )}
      </div>
    </div>
  );
}

function withoutId({ id: _, ...link }: ExportLink): ExportLink {
  return link;
}
