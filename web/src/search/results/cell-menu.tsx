import { Menu } from '@base-ui/react/menu';
import { useNavigate } from '@tanstack/react-router';
import { Copy, FileCode, ListTree, Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ResultCell } from '../../../../src/server/contracts/search.ts';
import { copyText } from '../../text/clipboard.ts';
import { defang } from '../../text/defang.ts';
import type { TreeLink } from '../../tree/tree-link.ts';
import { cellText } from './row-text.ts';

/** What the menu of a cell speaks of. */
export interface CellTarget {
  readonly anchor: Element;
  readonly field: string;
  readonly cell: ResultCell;
  readonly row: () => string;
  readonly column: (() => void) | undefined;
  readonly process: TreeLink | undefined;
  readonly event: (() => void) | undefined;
}

interface Props {
  readonly target: CellTarget | undefined;
  readonly onClose: () => void;
  /** Undefined where a condition on this field would not be one on the events. */
  readonly onCondition: ((field: string, value: string, include: boolean) => void) | undefined;
}

export function CellMenu({ target, onClose, onCondition }: Props) {
  const { t } = useTranslation('search');
  const navigate = useNavigate();
  const text = target ? cellText(target.cell) : '';
  const value = Array.isArray(target?.cell) ? (target.cell[0] ?? '') : text;
  const process = target?.process;
  return (
    <Menu.Root open={target !== undefined} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={target?.anchor ?? null} sideOffset={2} align="start" className="positioner">
          <Menu.Popup className="menu">
            {process && (
              <>
                <Menu.Item
                  className="menuitem"
                  onClick={() => void navigate({ to: '/tree', search: process })}
                >
                  <ListTree size={13} aria-hidden />
                  {t('showTree')}
                </Menu.Item>
                <hr />
              </>
            )}
            {onCondition && target && value !== '' && (
              <>
                <Menu.Item className="menuitem" onClick={() => onCondition(target.field, value, true)}>
                  <Plus size={13} aria-hidden />
                  {t('include')}
                </Menu.Item>
                <Menu.Item className="menuitem" onClick={() => onCondition(target.field, value, false)}>
                  <Minus size={13} aria-hidden />
                  {t('exclude')}
                </Menu.Item>
                <hr />
              </>
            )}
            <Menu.Item className="menuitem" onClick={() => void copyText(text)}>
              <Copy size={13} aria-hidden />
              {t('copyCell')}
            </Menu.Item>
            {defang(text) !== text && (
              <Menu.Item className="menuitem" onClick={() => void copyText(defang(text))}>
                <Copy size={13} aria-hidden />
                {t('copyDefanged')}
              </Menu.Item>
            )}
            <Menu.Item className="menuitem" onClick={() => void copyText(target?.row() ?? '')}>
              <Copy size={13} aria-hidden />
              {t('copyRow')}
            </Menu.Item>
            {target?.column && (
              <Menu.Item className="menuitem" onClick={target.column}>
                <Copy size={13} aria-hidden />
                {t('copyColumn')}
              </Menu.Item>
            )}
            {target?.event && (
              <>
                <hr />
                <Menu.Item className="menuitem" onClick={target.event}>
                  <FileCode size={13} aria-hidden />
                  {t('showEvent')}
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
