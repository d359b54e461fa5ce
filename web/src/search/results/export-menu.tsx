import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchState } from '../../../../src/server/contracts/search.ts';
import { apiPath } from '../../api/client.ts';
import { count } from '../../text/quantity.ts';

/** All rows of a search as a file; the server streams it, however long that takes. */
export function ExportMenu({ state }: { readonly state: SearchState }) {
  const { t } = useTranslation('search');
  return (
    <Menu.Root>
      <Menu.Trigger className="tb" disabled={state.rows === 0} title={t('exportAll')}>
        <Download size={14} aria-hidden />
        <span>{t('exportAll')}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="positioner">
          <Menu.Popup className="menu">
            <p className="menulabel">{t('rows', { count: state.rows, text: count(state.rows) })}</p>
            {(['csv', 'json'] as const).map((format) => (
              <Menu.LinkItem
                key={format}
                className="menuitem"
                href={apiPath(`/searches/${state.id}/export`, { format })}
                download
                closeOnClick
              >
                <Download size={13} aria-hidden />
                {t(format)}
              </Menu.LinkItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
