import { StickyNote, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AddNote } from '../cases/add-note.tsx';
import type { RowStore } from './row-store.ts';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  readonly store: RowStore;
}

/** What can be done with the rows that were marked. */
export function MarkedBar({ view, store }: Props) {
  const { t } = useTranslation('tree');
  const { state, change, loaded } = view;
  const pins = [...state.marked].flatMap((at) => {
    const id = store.get(at)?.id;
    return id === undefined ? [] : [{ kind: 'process' as const, host: loaded.tree.host, processId: id }];
  });
  return (
    <div className="bnr live">
      <span>{t('markedCount', { count: state.marked.size })}</span>
      <span className="grow" />
      <AddNote pin={pins} className="btn sm" label={t('markedNote')}>
        <StickyNote size={13} aria-hidden />
        {t('markedNote')}
      </AddNote>
      <button type="button" className="btn sm ghost" onClick={() => change({ marked: new Set() })}>
        <X size={13} aria-hidden />
        {t('markedClear')}
      </button>
    </div>
  );
}
