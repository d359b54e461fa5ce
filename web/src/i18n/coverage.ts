import { areaTexts } from './texts.ts';

export const coverageTexts = areaTexts({
  en: {
    title: 'Coverage',
  },
  ja: {
    title: '収集状況',
  },
});
