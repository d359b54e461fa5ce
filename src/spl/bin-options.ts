import { integerOption, numberOption, type OptionValues, spanOption, textOption } from './option.ts';
import type { BinOptions } from './plan.ts';

/** limits.conf, discretize: maxbins. */
const mostBins = 50_000;

/** Options of bin, also taken by timechart and chart. */
export const binOptions = {
  span: spanOption('Size of a bin: a length of time (5m), a number, or a logarithm (2log10).'),
  minspan: spanOption('The smallest size, where no span is given.'),
  bins: integerOption(undefined, 'At most how many bins, where no span is given.', {
    least: 2,
    most: mostBins,
  }),
  start: numberOption('Where the bins begin at the latest.'),
  end: numberOption('Where the bins end at the earliest.'),
  aligntime: textOption(
    undefined,
    'Where time bins begin: earliest, latest or a time.',
    'earliest | latest | <time>',
  ),
} as const;

/** The options that were given. */
export function binOptionsOf(values: OptionValues<typeof binOptions>): BinOptions {
  const { span, minspan, bins, start, end, aligntime } = values;
  return {
    ...(span === undefined ? {} : { span }),
    ...(minspan === undefined ? {} : { minspan }),
    ...(bins === undefined ? {} : { bins }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(aligntime === undefined ? {} : { aligntime }),
  };
}
