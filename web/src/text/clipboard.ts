import i18next from 'i18next';
import { notify } from '../frame/notices.ts';
import { countHidden } from './hidden-characters.ts';

/** Copies a text as it is, and says so; says too that it holds characters that are not seen. */
export async function copyText(text: string, said?: string): Promise<void> {
  const t = i18next.getFixedT(null, 'frame');
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyByCommand(text)) {
      notify({ kind: 'error', text: t('copyFailed') });
      return;
    }
  }
  tellCopied(countHidden(text), said);
}

export function tellCopied(hidden: number, said?: string): void {
  const t = i18next.getFixedT(null, 'frame');
  notify({ kind: 'done', text: hidden > 0 ? t('copiedHidden', { count: hidden }) : (said ?? t('copied')) });
}

/** Over plain HTTP a browser has no clipboard interface. */
function copyByCommand(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('readonly', '');
  area.style.position = 'fixed';
  area.style.opacity = '0';
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
