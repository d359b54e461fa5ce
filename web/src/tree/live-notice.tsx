import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostArrivals, Tree } from '../../../src/server/contracts/tree.ts';
import { listen } from '../api/event-stream.ts';
import { clockOf, readMoment, useZone } from '../text/time.ts';
import type { TreeSelection } from './tree-link.ts';
import { changesQuery } from './tree-queries.ts';

interface Props {
  readonly tree: Tree;
  readonly selection: TreeSelection;
}

/** Says that events arrived since the tree was made. Nothing moves until a person asks. */
export function LiveNotice({ tree, selection }: Props) {
  const { t } = useTranslation('tree');
  const zone = useZone();
  const queries = useQueryClient();
  const arrived = useArrivals(tree);
  const { data } = useQuery({ ...changesQuery(tree.key, arrived), placeholderData: (before) => before });
  const since = readMoment(tree.arrived);
  if (tree.asof !== null || !data || data.events === 0) return null;
  const parts = [
    data.added > 0 && t('changeAdded', { count: data.added }),
    data.removed > 0 && t('changeRemoved', { count: data.removed }),
    data.relinked > 0 && t('changeRelinked', { count: data.relinked }),
    data.regraded > 0 && t('changeRegraded', { count: data.regraded }),
  ].filter((part) => part !== false);
  return (
    <output className="bnr live">
      <RotateCcw className="i" size={14} aria-hidden />
      <span>
        {since === undefined
          ? t('arrivedCount', { count: data.events })
          : t('arrivedSince', { count: data.events, time: clockOf(since, zone) })}
        {parts.length > 0 ? `: ${parts.join(t('listComma'))}` : `: ${t('changeNone')}`}
      </span>
      <span className="grow" />
      <button
        type="button"
        className="btn sm"
        onClick={() => void queries.resetQueries({ queryKey: ['tree', selection] })}
      >
        {t('show')}
      </button>
      <Link
        className="btn sm ghost"
        to="/compare"
        search={{ ...selection, mode: 'then', from: data.since ?? tree.arrived ?? tree.now ?? '' }}
      >
        {t('seeChanges')}
      </Link>
    </output>
  );
}

/** How many times events of the host have arrived since the tree was shown. */
function useArrivals(tree: Tree): number {
  const [count, setCount] = useState(0);
  const { host, arrived, asof } = tree;
  useEffect(() => {
    if (asof !== null) return;
    const known = readMoment(arrived) ?? 0;
    return listen<HostArrivals>(`/api/hosts/${encodeURIComponent(host)}/live`, 'arrivals', (data) => {
      if ((readMoment(data.arrived) ?? 0) > known) setCount((before) => before + 1);
    });
  }, [host, arrived, asof]);
  return count;
}
