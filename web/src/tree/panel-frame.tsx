import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferences, setPreferences } from '../frame/preferences.ts';

interface Props {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const least = 300;
const most = 640;
/** Heights of the bottom sheet that a drag comes to rest at. */
const sheetStops = [96, 372];

/** The panel beside the grid, or the sheet at the bottom of a narrow window; both can be drawn larger. */
export function PanelFrame({ label, onClose, children }: Props) {
  const { t } = useTranslation('tree');
  const panel = useRef<HTMLElement>(null);
  const drag = useRef<{ readonly at: number; readonly size: number } | undefined>(undefined);
  const [sheet, setSheet] = useState(372);

  useEffect(() => {
    document.documentElement.style.setProperty('--sheet', `${sheet}px`);
  }, [sheet]);

  const setWidth = (width: number): void => {
    const wanted = Math.min(most, Math.max(least, Math.round(width)));
    setPreferences({ panelWidth: wanted });
  };
  return (
    <aside
      className="panel"
      id="process-panel"
      ref={panel}
      aria-label={label}
      data-region
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div
        className="resize"
        role="separator"
        aria-orientation="vertical"
        aria-label={t('panelResize')}
        aria-valuenow={preferences().panelWidth}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        onKeyDown={(event) => {
          const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
          if (step !== undefined) setWidth(preferences().panelWidth + step);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { at: event.clientX, size: panel.current?.clientWidth ?? least };
        }}
        onPointerMove={(event) => {
          if (drag.current) setWidth(drag.current.size + drag.current.at - event.clientX);
        }}
        onPointerUp={() => {
          drag.current = undefined;
        }}
      />
      <button
        type="button"
        className="grab"
        aria-label={t('sheetResize')}
        onClick={() => setSheet(sheet < 200 ? 372 : sheet < 500 ? window.innerHeight - 150 : 96)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { at: event.clientY, size: sheet };
        }}
        onPointerMove={(event) => {
          if (!drag.current || Math.abs(event.clientY - drag.current.at) < 4) return;
          setSheet(
            Math.max(
              72,
              Math.min(window.innerHeight - 120, drag.current.size + drag.current.at - event.clientY),
            ),
          );
        }}
        onPointerUp={() => {
          if (drag.current && Math.abs(drag.current.size - sheet) > 4)
            setSheet(sheetStops.find((stop) => Math.abs(stop - sheet) < 40) ?? sheet);
          drag.current = undefined;
        }}
      />
      {children}
    </aside>
  );
}
