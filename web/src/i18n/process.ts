import { areaTexts } from './texts.ts';

export const processTexts = areaTexts({
  en: {
    title: 'Process',
  },
  ja: {
    title: 'プロセス',
  },
});
