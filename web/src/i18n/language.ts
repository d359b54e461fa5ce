import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { notify } from '../frame/notices.ts';
import { type Language, onPreferences, preferences, setPreferences } from '../frame/preferences.ts';
import type { egressTexts } from './egress.ts';
import type { firstEnglish } from './english.ts';
import type { exportTexts } from './export.ts';
import { learnJapanese } from './in-japanese.ts';
import type { firstJapanese } from './japanese.ts';
import type { moreEnglish } from './more-english.ts';
import type { moreJapanese } from './more-japanese.ts';

/** Areas whose texts come with their code, by `addAreaTexts`: the first page does not wait for them. */
interface LateAreas {
  readonly egress: typeof egressTexts;
  readonly export: typeof exportTexts;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: typeof firstEnglish &
      typeof moreEnglish & { [Area in keyof LateAreas]: LateAreas[Area]['en'] };
  }
}

interface LanguageTexts {
  readonly first: () => Promise<typeof firstEnglish | typeof firstJapanese>;
  /** Of the areas behind the first page. */
  readonly more: () => Promise<typeof moreEnglish | typeof moreJapanese>;
}

/** Only what is shown in the language that is spoken is loaded. */
const languages: Readonly<Record<Language, LanguageTexts>> = {
  en: {
    first: async () => (await import('./english.ts')).firstEnglish,
    more: async () => (await import('./more-english.ts')).moreEnglish,
  },
  ja: {
    first: async () => {
      const japanese = await import('./japanese.ts');
      learnJapanese(japanese.japaneseWords);
      return japanese.firstJapanese;
    },
    more: async () => (await import('./more-japanese.ts')).moreJapanese,
  },
};

let isMoreWanted = false;

/** Loads what is not there of a language, and resolves when all is. */
async function loadTexts(language: Language): Promise<void> {
  for (;;) {
    const { first, more } = languages[language];
    const isThere = (area: 'frame' | 'tree') => i18next.hasResourceBundle(language, area);
    const missing = !isThere('frame') ? first : isMoreWanted && !isThere('tree') ? more : undefined;
    if (!missing) return;
    for (const [area, texts] of Object.entries(await missing()))
      i18next.addResourceBundle(language, area, texts);
  }
}

/** Gives code of the areas behind the first page, once their texts are there. */
export async function withTexts<Code>(code: Promise<Code>): Promise<Code> {
  isMoreWanted = true;
  const [loaded] = await Promise.all([code, loadTexts(preferences().language)]);
  return loaded;
}

/** Adds the texts of an area that is loaded late; before anything of it is drawn. */
export function addAreaTexts<Name extends keyof LateAreas>(name: Name, texts: LateAreas[Name]): void {
  for (const language of ['en', 'ja'] as const) i18next.addResourceBundle(language, name, texts[language]);
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferences().language,
    fallbackLng: false,
    defaultNS: 'frame',
    ns: ['frame'],
    keySeparator: false,
    // React escapes.
    interpolation: { escapeValue: false },
    resources: {},
  });
  await loadTexts(preferences().language);
  onPreferences(() => {
    if (i18next.language !== preferences().language) void i18next.changeLanguage(preferences().language);
  });
}

/** Changes the page's language as a whole, once its texts are there. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    await loadTexts(language);
  } catch {
    notify({ kind: 'error', text: i18next.getFixedT(null, 'frame')('languageFailed') });
    return;
  }
  setPreferences({ language });
}
