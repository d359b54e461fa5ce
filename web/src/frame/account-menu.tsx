import { Popover } from '@base-ui/react/popover';
import { Link } from '@tanstack/react-router';
import { LogOut, UserRound, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Role, SessionState } from '../../../src/server/contracts/session.ts';
import { signOut } from '../api/session.ts';

const roleTexts = {
  viewer: 'roleViewer',
  analyst: 'roleAnalyst',
  admin: 'roleAdmin',
} as const satisfies Record<Role, string>;

/** `h.mori` as `HM`. */
function initials(name: string): string {
  const words = name.split(/[._@-]+/).filter(Boolean);
  return (words.length > 1 ? words.map((word) => word.charAt(0)).join('') : name).slice(0, 2).toUpperCase();
}

export function AccountMenu({ session }: { readonly session: SessionState | undefined }) {
  const { t } = useTranslation('frame');
  const user = session?.user;
  const signedIn = session?.signIn === 'required' && user !== null && user !== undefined;
  return (
    <Popover.Root>
      <Popover.Trigger className="me" aria-label={t('account')} title={signedIn ? user.name : t('account')}>
        {signedIn ? initials(user.name) : <UserRound size={13} aria-hidden />}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="positioner">
          <Popover.Popup className="menu account" aria-label={t('account')}>
            <p>
              {signedIn ? t('signedInAs', { name: user.name, role: t(roleTexts[user.role]) }) : t('noSignIn')}
            </p>
            {session && (
              <p className="dim">
                {t('version', { version: session.version })}
                <br />
                <span className="m">{session.store}</span>
              </p>
            )}
            {user?.role === 'admin' && (
              <Popover.Close render={<Link to="/admin" className="menuitem" />} nativeButton={false}>
                <Users size={13} aria-hidden />
                {t('admin')}
              </Popover.Close>
            )}
            {signedIn && (
              <button type="button" className="menuitem" onClick={() => void signOut()}>
                <LogOut size={13} aria-hidden />
                {t('signOut')}
              </button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
