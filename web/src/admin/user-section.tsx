import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewUser, Role, User } from '../../../src/server/contracts/session.ts';
import { apiGet, apiSend } from '../api/client.ts';
import { notify } from '../frame/notices.ts';
import { attempt } from './attempt.ts';
import { MomentText } from './moment-text.tsx';

const roles: readonly Role[] = ['viewer', 'analyst', 'admin'];

export function UserSection() {
  const { t } = useTranslation('admin');
  const users = useQuery({ queryKey: ['users'], queryFn: () => apiGet<{ users: User[] }>('/users') });
  const list = users.data?.users ?? [];
  return (
    <section>
      <h2>{t('users')}</h2>
      <p className="lead">{users.data && list.length === 0 ? t('noUsers') : t('usersHint')}</p>
      {users.error && <p className="fieldfault">{users.error.message}</p>}
      {list.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{t('name')}</th>
              <th>{t('role')}</th>
              <th>{t('made')}</th>
              <th>{t('lastSignIn')}</th>
              <th>
                <span className="visually-hidden">{t('action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((user) => (
              <UserRow key={user.name} user={user} />
            ))}
          </tbody>
        </table>
      )}
      <AddUser />
    </section>
  );
}

function UserRow({ user }: { readonly user: User }) {
  const { t } = useTranslation('admin');
  const [asking, setAsking] = useState<'password' | 'removal'>();
  const [password, setPassword] = useState('');
  const path = `/users/${encodeURIComponent(user.name)}`;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!(await attempt('users', () => apiSend('PATCH', path, { password })))) return;
    setPassword('');
    setAsking(undefined);
    notify({ kind: 'done', text: t('passwordSet', { name: user.name }) });
  };
  return (
    <tr>
      <td>{user.name}</td>
      <td>
        <select
          className="field"
          aria-label={`${t('role')}: ${user.name}`}
          value={user.role}
          onChange={(event) =>
            void attempt('users', () => apiSend('PATCH', path, { role: event.target.value as Role }))
          }
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(role)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <MomentText at={user.made} />
      </td>
      <td>
        <MomentText at={user.lastSignIn} />
      </td>
      <td className="acts">
        {asking === 'password' ? (
          <form onSubmit={(event) => void submit(event)}>
            <input
              className="field"
              type="password"
              autoComplete="new-password"
              minLength={10}
              required
              aria-label={`${t('newPassword')}: ${user.name}`}
              placeholder={t('newPassword')}
              // The field appears because a person asked to write in it.
              // biome-ignore lint/a11y/noAutofocus: see above
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
            <button type="submit" className="btn sm primary">
              {t('setPassword')}
            </button>
          </form>
        ) : asking === 'removal' ? (
          <>
            <span>{t('reallyRemove', { name: user.name })}</span>
            <button
              type="button"
              className="btn sm danger"
              onClick={() => void attempt('users', () => apiSend('DELETE', path))}
            >
              {t('remove')}
            </button>
          </>
        ) : (
          <button type="button" className="btn sm" onClick={() => setAsking('password')}>
            {t('setPassword')}
          </button>
        )}
        {asking === undefined ? (
          <button
            type="button"
            className="btn sm danger"
            aria-label={t('removeUser', { name: user.name })}
            onClick={() => setAsking('removal')}
          >
            {t('remove')}
          </button>
        ) : (
          <button type="button" className="btn sm ghost" onClick={() => setAsking(undefined)}>
            {t('cancel')}
          </button>
        )}
      </td>
    </tr>
  );
}

function AddUser() {
  const { t } = useTranslation('admin');
  const id = useId();
  const [user, setUser] = useState<NewUser>({ name: '', role: 'analyst', password: '' });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await attempt('users', () => apiSend('POST', '/users', user)))
      setUser({ name: '', role: 'analyst', password: '' });
  };
  return (
    <form className="add" onSubmit={(event) => void submit(event)}>
      <label htmlFor={`${id}n`}>
        {t('name')}
        <input
          id={`${id}n`}
          className="field"
          required
          pattern="[a-z0-9][a-z0-9._@\-]{0,63}"
          title={t('nameHint')}
          autoComplete="off"
          spellCheck={false}
          value={user.name}
          onChange={(event) => setUser({ ...user, name: event.target.value })}
        />
      </label>
      <label htmlFor={`${id}r`}>
        {t('role')}
        <select
          id={`${id}r`}
          className="field"
          value={user.role}
          onChange={(event) => setUser({ ...user, role: event.target.value as Role })}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(role)}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}p`}>
        {t('password')}
        <input
          id={`${id}p`}
          className="field"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          title={t('passwordHint')}
          value={user.password}
          onChange={(event) => setUser({ ...user, password: event.target.value })}
        />
      </label>
      <button type="submit" className="btn">
        {t('addUser')}
      </button>
    </form>
  );
}
