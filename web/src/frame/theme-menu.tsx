import { Menu } from '@base-ui/react/menu';
import { Check, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { setPreferences, type Theme, usePreferences } from './preferences.ts';

const themes = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const satisfies readonly (readonly [Theme, string])[];

export function ThemeMenu() {
  const { t } = useTranslation('frame');
  const { theme } = usePreferences();
  return (
    <Menu.Root>
      <Menu.Trigger className="tb sq" aria-label={t('theme')} title={t('theme')}>
        <SunMoon size={15} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="positioner">
          <Menu.Popup className="menu">
            <Menu.RadioGroup value={theme} onValueChange={(next) => setPreferences({ theme: next as Theme })}>
              {themes.map(([value, key]) => (
                <Menu.RadioItem key={value} value={value} className="menuitem" closeOnClick>
                  <span className="tick">
                    <Menu.RadioItemIndicator>
                      <Check size={13} aria-hidden />
                    </Menu.RadioItemIndicator>
                  </span>
                  {t(key)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
