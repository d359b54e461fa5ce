import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/client.ts';
import { useZone } from '../text/time.ts';
import { HostChooser } from './host-chooser.tsx';
import { selectionOf, type TreeLink } from './tree-link.ts';
import { treeQuery } from './tree-queries.ts';
import { TreeWaiting } from './tree-waiting.tsx';
import { TreeWork } from './tree-work.tsx';
import { loadTree } from './view-state.ts';
import './tree.css';

/** Process trees of a host: the main view of the product. */
export function TreePage() {
  const link = useSearch({ from: '/tree' });
  if (link.host === undefined) return <HostChooser to="/tree" />;
  return <TreeOf key={JSON.stringify(selectionOf(link))} link={link} />;
}

function TreeOf({ link }: { readonly link: TreeLink }) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const selection = useMemo(() => selectionOf(link), [link]);
  const { data, error, refetch, isFetching } = useQuery(treeQuery(selection, zone));
  const loaded = useMemo(() => (data ? loadTree(data) : undefined), [data]);
  if (loaded && loaded.columns.size > 0)
    return <TreeWork key={loaded.tree.key} loaded={loaded} link={link} selection={selection} />;
  if (isFetching) return <TreeWaiting link={link} />;
  return (
    <div className="blank centred" role="alert">
      <b>{error ? headOf(error, t('treeFailed')) : t('treeEmpty')}</b>
      <p>{error instanceof ApiFailure ? (error.hint ?? '') : t('treeEmptyHint')}</p>
      <span>
        <button type="button" className="btn sm" onClick={() => void refetch()}>
          {t('tryAgain')}
        </button>
        {link.host !== undefined && (
          <Link className="btn sm" to="/tree" search={{ host: link.host }}>
            {t('wholeHost')}
          </Link>
        )}
        <Link
          className="btn sm"
          to="/coverage"
          search={{ ...(link.host !== undefined && { find: link.host }) }}
        >
          {t('coverage')}
        </Link>
        <Link className="btn sm ghost" to="/tree" search={{}}>
          {t('otherHost')}
        </Link>
      </span>
    </div>
  );
}

function headOf(error: Error, fallback: string): string {
  return error.message === '' ? fallback : error.message;
}
