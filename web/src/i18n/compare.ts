import { areaTexts } from './texts.ts';

export const compareTexts = areaTexts({
  en: {
    title: 'Compare',
  },
  ja: {
    title: '比較',
  },
});
