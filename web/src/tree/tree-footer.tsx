import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHints } from '../frame/key-hints.tsx';
import { count } from '../text/quantity.ts';
import type { TreeView } from './use-tree-view.ts';

/** Where every process of the tree is; the numbers add up. */
export const TreeFooter = memo(function TreeFooter({ view }: { readonly view: TreeView }) {
  const { t } = useTranslation('tree');
  const { counts } = view.rows;
  const { tree, columns } = view.loaded;
  const roots = useMemo(
    () => columns.parent.reduce((sum, parent) => sum + (parent < 0 ? 1 : 0), 0),
    [columns],
  );
  return (
    <footer className="foot">
      <span className="say1" aria-live="polite">
        <b>{t('footProcesses', { count: columns.size })}</b>&nbsp;{t('footRoots', { count: roots })}
        <Part text={t('footRows', { count: counts.rows })} />
        {counts.folded > 0 && <Part text={t('footFolded', { count: counts.folded })} />}
        {counts.notOpened > 0 && (
          <>
            <Part text={t('footNotOpened', { count: counts.notOpened })} />
            {counts.flaggedNotOpened > 0 && <b>{t('footFlagged', { count: counts.flaggedNotOpened })}</b>}
          </>
        )}
        {counts.filtered > 0 && <Part text={t('footFiltered', { count: counts.filtered })} />}
        {counts.outside > 0 && <Part text={t('footOutside', { count: counts.outside })} />}
        {view.state.marked.size > 0 && <Part text={t('footMarked', { count: view.state.marked.size })} />}
        <Part
          text={
            tree.total > tree.size ? t('footOthers', { count: tree.total - tree.size }) : t('footNothingCut')
          }
          title={tree.total > tree.size ? t('footOthersTitle', { total: count(tree.total) }) : undefined}
        />
      </span>
      <KeyHints
        hints={[
          { keys: ['↑↓'], does: t('keyMove') },
          { keys: ['→'], does: t('keyOpen') },
          { keys: ['⇧ F'], does: t('keyFocus') },
          { keys: ['⇧ E'], does: t('keyRaw') },
          { keys: ['?'], does: t('keyAll') },
        ]}
      />
    </footer>
  );
});

function Part({ text, title }: { readonly text: string; readonly title?: string | undefined }) {
  return (
    <>
      <span className="vr" />
      <span title={title}>{text}</span>
    </>
  );
}
