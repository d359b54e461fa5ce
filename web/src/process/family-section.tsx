import { useTranslation } from 'react-i18next';
import type { ProcessBrief, ProcessPanel } from '../../../src/server/contracts/process.ts';
import { count } from '../text/quantity.ts';
import { ProcessLine } from './parent-section.tsx';

interface Props {
  readonly panel: ProcessPanel;
  readonly onShow: (process: ProcessBrief) => void;
}

/** The children, the first of them by name. */
export function FamilySection({ panel, onShow }: Props) {
  const { t } = useTranslation('process');
  const { children } = panel;
  return (
    <section aria-labelledby="panel-children">
      <h3 id="panel-children">
        {t('children')}
        <span className="sub num">
          {children.count === 0
            ? t('noChildren')
            : t('childrenSub', { count: children.count, below: count(children.descendants) })}
        </span>
      </h3>
      {children.count > 0 && (
        <ul className="family">
          {children.first.slice(0, 8).map((child) => (
            <li key={child.id}>
              <ProcessLine process={child} onShow={onShow} />
            </li>
          ))}
          {children.count > 8 && <li className="dim">{t('childrenMore', { count: children.count - 8 })}</li>}
        </ul>
      )}
    </section>
  );
}
