import { Link } from '@tanstack/react-router';
import { Globe, Keyboard, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../../src/server/contracts/session.ts';
import { chooseLanguage } from '../i18n/language.ts';
import { AccountMenu } from './account-menu.tsx';
import { usePreferences } from './preferences.ts';
import { ThemeMenu } from './theme-menu.tsx';
import { ZoneMenu } from './zone-menu.tsx';

interface Props {
  readonly session: SessionState | undefined;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
}

export function TopBar({ session, onPalette, onKeys }: Props) {
  const { t } = useTranslation('frame');
  const { language } = usePreferences();
  const other = language === 'en' ? 'ja' : 'en';
  return (
    <header className="top" data-region>
      <Link className="brand" to="/search" aria-label="Keizu">
        <span className="seal" lang="ja" aria-hidden="true">
          系
        </span>
        <span className="word">Keizu</span>
      </Link>
      <nav className="nav" aria-label={t('main')}>
        <Link to="/search" activeOptions={{ includeSearch: false }}>
          {t('search')}
        </Link>
        <Link to="/tree" activeOptions={{ includeSearch: false }}>
          {t('tree')}
        </Link>
        <Link to="/compare" activeOptions={{ includeSearch: false }}>
          {t('compare')}
        </Link>
        <Link to="/coverage" activeOptions={{ includeSearch: false }}>
          {t('coverage')}
        </Link>
        <Link to="/egress" activeOptions={{ includeSearch: false }}>
          {t('egress')}
        </Link>
        <Link to="/cases" activeOptions={{ includeSearch: false }}>
          {t('cases')}
        </Link>
      </nav>
      <button className="omni" type="button" aria-label={t('goTo')} onClick={onPalette}>
        <Search size={14} aria-hidden />
        <span>{t('goTo')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="topr">
        <ZoneMenu />
        <button
          type="button"
          className="tb"
          lang={other}
          aria-label={other === 'ja' ? '日本語' : 'English'}
          onClick={() => void chooseLanguage(other)}
        >
          <Globe size={14} aria-hidden />
          <span>{other === 'ja' ? '日本語' : 'English'}</span>
        </button>
        <ThemeMenu />
        <button type="button" className="tb sq" aria-label={t('keys')} title={t('keys')} onClick={onKeys}>
          <Keyboard size={15} aria-hidden />
        </button>
        <AccountMenu session={session} />
      </div>
    </header>
  );
}
