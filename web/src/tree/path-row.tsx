import { ChevronRight, CornerDownRight } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { RecordedText } from '../text/recorded-text.tsx';
import { rowKinds } from './model/row-buffer.ts';
import { nameAt, valueAt } from './model/tree-columns.ts';
import type { TreeView } from './use-tree-view.ts';

interface Props {
  readonly view: TreeView;
  /** Rows of the ancestors that are scrolled away, outermost first. */
  readonly above: readonly number[];
  readonly shown: boolean;
}

/** More names than this do not fit; the middle ones are left out with their number. */
const mostNames = 9;

/** A line under the head that names the ancestors of the first row in view; each name is a jump. */
export function PathRow({ view, above, shown }: Props) {
  const { t } = useTranslation('tree');
  const { rows, loaded } = view;
  const names = above.filter((row) => rows.kind[row] === rowKinds.process);
  if (!shown || names.length === 0) return null;
  const hidden = Math.max(0, names.length - mostNames);
  const listed = hidden === 0 ? names : [...names.slice(0, 2), ...names.slice(2 + hidden)];
  return (
    <div className="pathrow" role="presentation">
      <CornerDownRight className="i" size={12} aria-hidden />
      {listed.map((row, place) => {
        const at = valueAt(rows.position, row);
        return (
          <Fragment key={row}>
            {place > 0 && <ChevronRight className="i" size={11} aria-hidden />}
            {hidden > 0 && place === 2 && (
              <>
                <span className="dim">{t('pathHidden', { count: hidden })}</span>
                <ChevronRight className="i" size={11} aria-hidden />
              </>
            )}
            <button type="button" tabIndex={-1} onClick={() => view.change({ selected: at })}>
              <RecordedText text={nameAt(loaded.columns, at) ?? '?'} />
              <i className="pid">{valueAt(loaded.columns.pid, at)}</i>
            </button>
          </Fragment>
        );
      })}
    </div>
  );
}
