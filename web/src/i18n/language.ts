import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { onPreferences, preferences } from '../frame/preferences.ts';
import { adminTexts } from './admin.ts';
import { casesTexts } from './cases.ts';
import { compareTexts } from './compare.ts';
import { coverageTexts } from './coverage.ts';
import type { egressTexts } from './egress.ts';
import type { exportTexts } from './export.ts';
import { frameTexts } from './frame.ts';
import { processTexts } from './process.ts';
import { searchTexts } from './search.ts';
import { treeTexts } from './tree.ts';

/** One line an area: its name is the namespace that `useTranslation` takes. */
const areas = {
  frame: frameTexts,
  search: searchTexts,
  tree: treeTexts,
  process: processTexts,
  compare: compareTexts,
  coverage: coverageTexts,
  cases: casesTexts,
  admin: adminTexts,
};

/** Areas whose texts come with their code, by `addAreaTexts`: the first page does not wait for them. */
interface LateAreas {
  readonly egress: typeof egressTexts;
  readonly export: typeof exportTexts;
}

type Areas = typeof areas & LateAreas;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: { [Area in keyof Areas]: Areas[Area]['en'] };
  }
}

function resources(language: 'en' | 'ja'): Resource[string] {
  return Object.fromEntries(Object.entries(areas).map(([name, texts]) => [name, texts[language]]));
}

/** Adds the texts of an area that is loaded late; before anything of it is drawn. */
export function addAreaTexts<Name extends keyof LateAreas>(name: Name, texts: LateAreas[Name]): void {
  for (const language of ['en', 'ja'] as const) i18next.addResourceBundle(language, name, texts[language]);
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferences().language,
    fallbackLng: 'en',
    defaultNS: 'frame',
    ns: Object.keys(areas),
    keySeparator: false,
    // React escapes.
    interpolation: { escapeValue: false },
    resources: { en: resources('en'), ja: resources('ja') },
  });
  onPreferences(() => {
    if (i18next.language !== preferences().language) void i18next.changeLanguage(preferences().language);
  });
}
