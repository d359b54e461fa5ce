/** The texts that a pattern gives when something is put in each `%s`. */
export type Filled<Pattern extends string> = Pattern extends `${infer Before}%s${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Pattern;
