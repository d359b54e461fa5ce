import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MadeToken, Role, Token } from '../../../src/server/contracts/session.ts';
import { apiGet, apiSend } from '../api/client.ts';
import { copyText } from '../text/clipboard.ts';
import { attempt } from './attempt.ts';
import { MomentText } from './moment-text.tsx';

const roles: readonly Role[] = ['viewer', 'analyst', 'admin'];

export function TokenSection() {
  const { t } = useTranslation('admin');
  const id = useId();
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => apiGet<{ tokens: Token[] }>('/tokens') });
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [made, setMade] = useState<MadeToken>();
  const list = tokens.data?.tokens ?? [];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await attempt('tokens', async () => setMade(await apiSend<MadeToken>('POST', '/tokens', { name, role })));
    setName('');
  };
  return (
    <section>
      <h2>{t('tokens')}</h2>
      <p className="lead">{t('tokensHint')}</p>
      {tokens.error && <p className="fieldfault">{tokens.error.message}</p>}
      {list.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{t('name')}</th>
              <th>{t('user')}</th>
              <th>{t('role')}</th>
              <th>{t('made')}</th>
              <th>{t('lastUse')}</th>
              <th>
                <span className="visually-hidden">{t('action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((token) => (
              <tr key={token.id}>
                <td>{token.name}</td>
                <td>{token.user}</td>
                <td>{t(token.role)}</td>
                <td>
                  <MomentText at={token.made} />
                </td>
                <td>
                  <MomentText at={token.lastUse} />
                </td>
                <td className="acts">
                  <button
                    type="button"
                    className="btn sm danger"
                    aria-label={t('removeUser', { name: token.name })}
                    onClick={() =>
                      void attempt('tokens', () =>
                        apiSend('DELETE', `/tokens/${encodeURIComponent(token.id)}`),
                      )
                    }
                  >
                    {t('remove')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {tokens.data && list.length === 0 && <p className="dim">{t('noTokens')}</p>}
      {made && (
        <div className="bnr made" role="status">
          <span>{t('tokenMade', { name: made.token.name })}</span>
          <code>{made.text}</code>
          <button type="button" className="btn sm" onClick={() => void copyText(made.text)}>
            <Copy size={12} aria-hidden />
            {t('copy')}
          </button>
        </div>
      )}
      <form className="add" onSubmit={(event) => void submit(event)}>
        <label htmlFor={`${id}n`}>
          {t('tokenName')}
          <input
            id={`${id}n`}
            className="field"
            required
            maxLength={128}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label htmlFor={`${id}r`}>
          {t('role')}
          <select
            id={`${id}r`}
            className="field"
            value={role}
            onChange={(event) => setRole(event.target.value as Role)}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {t(one)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="btn">
          {t('addToken')}
        </button>
      </form>
    </section>
  );
}
