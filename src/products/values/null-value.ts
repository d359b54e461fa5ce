const nullTexts: ReadonlySet<string> = new Set([
  '',
  '-',
  'N/A',
  'S-1-0-0',
  '<unknown process>',
  '&lt;unknown process&gt;',
  '00000000-0000-0000-0000-000000000000',
  '{00000000-0000-0000-0000-000000000000}',
]);

/**
 * Whether a recorded text stands for "nothing". Such a text stays under the product's own field name, but makes no
 * normalised field, so that nothing is linked by it.
 */
export function isNullText(text: string): boolean {
  // All of them are of one of these lengths: most texts need no look-up.
  const length = text.length;
  return (
    (length <= 7 || length === 17 || length === 23 || length === 36 || length === 38) && nullTexts.has(text)
  );
}
