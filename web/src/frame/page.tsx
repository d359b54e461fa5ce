import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { withTexts } from '../i18n/language.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { KeySheet, useFrameKeys } from './key-sheet.tsx';
import { useHotkey } from './keys.ts';
import { NoticeList } from './notice-list.tsx';
import { focusNextRegion } from './regions.ts';
import { TopBar } from './top-bar.tsx';

const loadPalette = () => import('./command-palette.tsx');
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const SignInPage = lazy(async () => ({
  default: (await withTexts(import('../admin/sign-in-page.tsx'))).SignInPage,
}));

/** What stands around every page: top bar, palette, key sheet, notices; in its place the sign-in, where one is needed. */
export function Page() {
  const { t } = useTranslation('frame');
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const { pathname } = useLocation();
  const session = useQuery(sessionQuery);
  useFrameKeys();
  // What is typed right behind Ctrl K must not wait for the palette's code.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 400);
    return () => clearTimeout(timer);
  }, []);
  useHotkey(
    'Ctrl+K',
    useCallback(() => setPalette(true), []),
  );
  useHotkey(
    '?',
    useCallback(() => setKeys(true), []),
  );
  useHotkey(
    'F6',
    useCallback(() => focusNextRegion(false), []),
  );
  useHotkey(
    'Shift+F6',
    useCallback(() => focusNextRegion(true), []),
  );

  if (session.isPending) return <div className="waiting" aria-busy="true" />;
  if (session.data?.signIn === 'required' && session.data.user === null)
    return (
      <Suspense fallback={null}>
        <SignInPage />
      </Suspense>
    );
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <TopBar session={session.data} onPalette={() => setPalette(true)} onKeys={() => setKeys(true)} />
      <main id="main" tabIndex={-1}>
        {session.error instanceof ApiFailure && !session.data ? (
          <div className="blank centred" role="alert">
            <b>{t('notReached')}</b>
            <p>{t('notReachedHint')}</p>
            <span>
              <button type="button" className="btn sm" onClick={() => void session.refetch()}>
                {t('tryAgain')}
              </button>
            </span>
          </div>
        ) : (
          <ErrorBoundary resetOn={pathname}>
            <Suspense fallback={<div className="waiting" aria-busy="true" />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        )}
      </main>
      <Suspense fallback={null}>{palette && <CommandPalette onClose={() => setPalette(false)} />}</Suspense>
      <KeySheet open={keys} onClose={() => setKeys(false)} />
      <NoticeList />
    </div>
  );
}
