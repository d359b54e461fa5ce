import { countHidden } from './hidden-characters.ts';

/** Puts the original characters in the place of tags and cuts. */
export function recordedSelection(selection: Selection): string | undefined {
  const holder = document.createElement('div');
  for (let at = 0; at < selection.rangeCount; at += 1)
    holder.append(selection.getRangeAt(at).cloneContents());
  const tagged = holder.querySelectorAll<HTMLElement>('[data-recorded]');
  if (tagged.length === 0) return undefined;
  for (const element of tagged) element.replaceWith(element.dataset.recorded ?? '');
  return holder.textContent ?? '';
}

/** Makes the browser's own copy give what was recorded, not the tags that stand for it. */
export function copyRecorded(tell: (hidden: number) => void): () => void {
  const listener = (event: ClipboardEvent): void => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const text = recordedSelection(selection);
    if (text === undefined) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    tell(countHidden(text));
  };
  document.addEventListener('copy', listener);
  return () => document.removeEventListener('copy', listener);
}
