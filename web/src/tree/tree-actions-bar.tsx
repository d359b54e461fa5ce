import { Menu } from '@base-ui/react/menu';
import { Link } from '@tanstack/react-router';
import { ChevronDown, Clipboard, Download, GitCompare, History, Link2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { apiPath } from '../api/client.ts';
import { useZone } from '../text/time.ts';
import { thenAndNow } from './then-moment.ts';
import type { TreeSelection } from './tree-link.ts';
import { useTreeExports } from './use-tree-exports.ts';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  readonly selection: TreeSelection;
  readonly onCopyText: () => void;
  readonly onCopyLink: () => void;
}

/** What can be done with the tree as a whole. */
export function TreeActionsBar({ view, selection, onCopyText, onCopyLink }: Props) {
  const { t } = useTranslation('tree');
  return (
    <div className="acts">
      <Link
        className="btn"
        to="/compare"
        search={{ ...selection, mode: 'naive' }}
        title={t('compareTitle')}
        aria-label={t('compare')}
      >
        <GitCompare size={14} aria-hidden />
        <span>{t('compare')}</span>
      </Link>
      <Link
        className="btn"
        to="/compare"
        search={thenAndNow(view.loaded.tree, selection)}
        aria-label={t('thenNow')}
      >
        <History size={14} aria-hidden />
        <span>{t('thenNow')}</span>
      </Link>
      <button type="button" className="btn" title="⇧C" aria-label={t('copyText')} onClick={onCopyText}>
        <Clipboard size={14} aria-hidden />
        <span>{t('copyText')}</span>
      </button>
      <ExportMenu view={view} />
      <button type="button" className="btn" title="⇧L" aria-label={t('copyLink')} onClick={onCopyLink}>
        <Link2 size={14} aria-hidden />
        <span>{t('copyLink')}</span>
      </button>
    </div>
  );
}

/** The stretch of time to which the tree is narrowed, if any. */
function windowOf({ state, loaded }: TreeView): { readonly earliest?: string; readonly latest?: string } {
  const { time } = state.filter;
  if (time === undefined) return {};
  const { origin } = loaded.columns;
  return {
    earliest: new Date(Math.floor(origin + time.from)).toISOString(),
    latest: new Date(Math.ceil(origin + time.to)).toISOString(),
  };
}

function ExportMenu({ view }: { readonly view: TreeView }) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const { exportAs } = useTreeExports(view);
  const path = `/tree/${encodeURIComponent(view.loaded.tree.key)}/export`;
  return (
    <Menu.Root>
      <Menu.Trigger className="btn" aria-label={t('export')}>
        <Download size={14} aria-hidden />
        <span>{t('export')}</span>
        <ChevronDown size={12} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="positioner">
          <Menu.Popup className="menu exports">
            <Menu.Item
              className="menuitem"
              nativeButton={false}
              render={
                <a href={apiPath(path, { format: 'json', evidence: 'yes', timezone: zone })} download />
              }
            >
              {t('exportJson', { count: view.loaded.columns.size })}
            </Menu.Item>
            <Menu.Item
              className="menuitem"
              nativeButton={false}
              render={<a href={apiPath(path, { format: 'csv', evidence: 'yes', timezone: zone })} download />}
            >
              {t('exportCsv', { count: view.loaded.columns.size })}
            </Menu.Item>
            <hr />
            <Menu.Item className="menuitem" onClick={() => void exportAs('html')}>
              {t('exportHtml', { count: view.rows.length })}
            </Menu.Item>
            <Menu.Item className="menuitem" onClick={() => void exportAs('svg')}>
              {t('exportSvg', { count: view.rows.length })}
            </Menu.Item>
            <Menu.Item className="menuitem" onClick={() => void exportAs('png')}>
              {t('exportPng', { count: view.rows.length })}
            </Menu.Item>
            <hr />
            <Menu.Item
              className="menuitem"
              nativeButton={false}
              render={<Link to="/export" search={{ hosts: view.loaded.tree.host, ...windowOf(view) }} />}
            >
              {t('exportEverything')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
