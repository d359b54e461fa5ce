import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/client.ts';
import { signIn } from '../api/session.ts';
import { usePreferences } from '../frame/preferences.ts';
import { chooseLanguage } from '../i18n/language.ts';

export function SignInPage() {
  const { t } = useTranslation('admin');
  const { language } = usePreferences();
  const id = useId();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await signIn(name, password);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setPassword('');
      setFailure(
        error.status === 401
          ? t('refused')
          : error.status === 429
            ? t('tooMany')
            : `${error.message} ${error.hint ?? ''}`,
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="signin">
      <form onSubmit={(event) => void submit(event)}>
        <h1>
          <span className="seal" lang="ja" aria-hidden="true">
            系
          </span>
          Keizu
        </h1>
        <label htmlFor={`${id}name`}>{t('name')}</label>
        <input
          id={`${id}name`}
          className="field"
          autoComplete="username"
          spellCheck={false}
          required
          // The page has nothing else to do.
          // biome-ignore lint/a11y/noAutofocus: see above
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor={`${id}password`}>{t('password')}</label>
        <input
          id={`${id}password`}
          className="field"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          aria-describedby={failure === undefined ? undefined : `${id}failure`}
          onChange={(event) => setPassword(event.target.value)}
        />
        <p id={`${id}failure`} className="fieldfault" role="alert">
          {failure}
        </p>
        <button type="submit" className="btn primary" disabled={busy}>
          {t('signIn')}
        </button>
        <button
          type="button"
          className="lnk"
          lang={language === 'en' ? 'ja' : 'en'}
          onClick={() => void chooseLanguage(language === 'en' ? 'ja' : 'en')}
        >
          {language === 'en' ? '日本語' : 'English'}
        </button>
      </form>
    </main>
  );
}
