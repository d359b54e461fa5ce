import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ColumnChoice, type ColumnName, columnNames, isFixedColumn } from './grid-columns.ts';
import { columnWords } from './grid-head.tsx';

interface Props {
  readonly choice: ColumnChoice;
  readonly onChoice: (choice: ColumnChoice) => void;
  readonly shown: readonly ColumnName[];
  readonly children: ReactNode;
}

export function ColumnsMenu({ choice, onChoice, shown, children }: Props) {
  const { t } = useTranslation('tree');
  return (
    <Menu.Root>
      <Menu.Trigger className="chip ghost" aria-label={t('columns')}>
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="positioner">
          <Menu.Popup className="menu">
            {columnNames.map((name) => (
              <Menu.CheckboxItem
                key={name}
                className="menuitem"
                checked={shown.includes(name)}
                disabled={isFixedColumn(name)}
                closeOnClick={false}
                onCheckedChange={(checked) => onChoice({ ...choice, [name]: checked ? 'show' : 'hide' })}
              >
                <span className="tick">
                  <Menu.CheckboxItemIndicator>
                    <Check size={13} aria-hidden />
                  </Menu.CheckboxItemIndicator>
                </span>
                {t(columnWords[name])}
              </Menu.CheckboxItem>
            ))}
            <hr />
            <Menu.Item className="menuitem" onClick={() => onChoice({})}>
              <span className="tick" />
              {t('columnsByWidth')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
