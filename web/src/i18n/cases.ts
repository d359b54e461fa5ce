import { areaTexts } from './texts.ts';

export const casesTexts = areaTexts({
  en: {
    title: 'Cases',
  },
  ja: {
    title: 'ケース',
  },
});
