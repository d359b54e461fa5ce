/**
 * The Japanese texts of an area: the same keys as the English ones, except that Japanese has one plural form, so that
 * `…_one` may be left out.
 */
export type Translated<English> = {
  readonly [Key in keyof English as Key extends `${string}_one` ? never : Key]: string;
} & { readonly [Key in keyof English as Key extends `${string}_one` ? Key : never]?: string };

/** The texts of one area of the page, a flat table in each language. */
export interface AreaTexts<English> {
  readonly en: English;
  readonly ja: Translated<English>;
}

export function areaTexts<const English extends Record<string, string>>(
  texts: AreaTexts<English>,
): AreaTexts<English> {
  return texts;
}
