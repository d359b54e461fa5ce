import { cidrMatch } from './cidr-match.ts';
import { commands } from './commands.ts';
import * as conditional from './conditional.ts';
import * as conversion from './conversion.ts';
import type { EvalFunction } from './eval-function.ts';
import * as hash from './hash.ts';
import * as json from './json.ts';
import { like } from './like.ts';
import * as mathematics from './mathematics.ts';
import { inList } from './membership.ts';
import * as multivalue from './multivalue.ts';
import { printf } from './printf.ts';
import * as regex from './regex-functions.ts';
import { significantFigures } from './significant-figures.ts';
import * as statistics from './statistics.ts';
import * as text from './text.ts';
import * as time from './time.ts';

const all: readonly EvalFunction[] = [
  cidrMatch,
  commands,
  conditional.caseFunction,
  conditional.coalesce,
  conditional.falseFunction,
  conditional.ifFunction,
  conditional.isBool,
  conditional.isInt,
  conditional.isNotNull,
  conditional.isNull,
  conditional.isNum,
  conditional.isStr,
  conditional.nullFunction,
  conditional.nullIf,
  conditional.searchMatch,
  conditional.trueFunction,
  conditional.typeOf,
  conditional.validate,
  conversion.toNumber,
  conversion.toText,
  hash.md5,
  hash.sha1,
  hash.sha256,
  hash.sha512,
  inList,
  json.jsonAppend,
  json.jsonArrayFunction,
  json.jsonArrayToMultivalue,
  json.jsonDelete,
  json.jsonExtend,
  json.jsonExtract,
  json.jsonExtractExact,
  json.jsonFunction,
  json.jsonKeys,
  json.jsonObject,
  json.jsonSet,
  json.jsonSetExact,
  json.jsonValid,
  json.multivalueToJsonArray,
  json.spath,
  like,
  mathematics.absolute,
  mathematics.arcCosine,
  mathematics.arcSine,
  mathematics.arcTangent,
  mathematics.arcTangent2,
  mathematics.ceiling,
  mathematics.cosine,
  mathematics.exact,
  mathematics.exponential,
  mathematics.floor,
  mathematics.hyperbolicCosine,
  mathematics.hyperbolicSine,
  mathematics.hyperbolicTangent,
  mathematics.hypotenuse,
  mathematics.inverseHyperbolicCosine,
  mathematics.inverseHyperbolicSine,
  mathematics.inverseHyperbolicTangent,
  mathematics.logarithm,
  mathematics.naturalLogarithm,
  mathematics.pi,
  mathematics.power,
  mathematics.random,
  mathematics.round,
  mathematics.sine,
  mathematics.squareRoot,
  mathematics.tangent,
  multivalue.mvAppend,
  multivalue.mvCount,
  multivalue.mvDedup,
  multivalue.mvFilter,
  multivalue.mvFind,
  multivalue.mvIndex,
  multivalue.mvJoin,
  multivalue.mvMap,
  multivalue.mvRange,
  multivalue.mvSort,
  multivalue.mvZip,
  printf,
  regex.matchFunction,
  regex.replaceFunction,
  significantFigures,
  statistics.average,
  statistics.maximum,
  statistics.minimum,
  statistics.sum,
  text.leftTrim,
  text.length,
  text.lower,
  text.rightTrim,
  text.split,
  text.substring,
  text.trim,
  text.upper,
  text.urlDecode,
  time.formatTime,
  time.now,
  time.parseTime,
  time.relativeTime,
  time.time,
];

/** Every function of eval, by its canonical name. */
export const evalFunctions: ReadonlyMap<string, EvalFunction> = new Map(
  all.map((declared) => [declared.name, declared]),
);

const byAnyName: ReadonlyMap<string, EvalFunction> = new Map(
  all.flatMap((declared) =>
    [declared.name, ...(declared.aliases ?? [])].map((name) => [name, declared] as const),
  ),
);

/** The function with this name or alias, in any case of letters. */
export function evalFunction(name: string): EvalFunction | undefined {
  return byAnyName.get(name.toLowerCase());
}
