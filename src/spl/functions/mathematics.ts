import { type Sql, sql } from '../../store/sql.ts';
import { asNumber } from '../coerce.ts';
import { share } from '../share.ts';
import type { EvalFunction, FunctionCategory } from './eval-function.ts';

function unary(
  name: string,
  summary: string,
  build: (value: Sql) => Sql,
  options: { readonly aliases?: readonly string[]; readonly category?: FunctionCategory } = {},
): EvalFunction {
  return {
    name,
    ...(options.aliases ? { aliases: options.aliases } : {}),
    category: options.category ?? 'mathematics',
    minimum: 1,
    maximum: 1,
    signature: `${name}(number)`,
    summary,
    roles: ['number'],
    compile: (call) => ({ sql: build(asNumber(call.argument(0))), type: 'number' }),
  };
}

function binary(
  name: string,
  signature: string,
  summary: string,
  build: (one: Sql, other: Sql) => Sql,
  category: FunctionCategory = 'mathematics',
): EvalFunction {
  return {
    name,
    category,
    minimum: 2,
    maximum: 2,
    signature,
    summary,
    roles: ['number'],
    compile: (call) => ({
      sql: build(asNumber(call.argument(0)), asNumber(call.argument(1))),
      type: 'number',
    }),
  };
}

export const absolute = unary('abs', 'The number without its sign.', (x) => sql`abs(${x})`);
export const ceiling = unary('ceiling', 'The next whole number above.', (x) => sql`ceil(${x})`, {
  aliases: ['ceil'],
});
export const floor = unary('floor', 'The next whole number below.', (x) => sql`floor(${x})`);
export const exponential = unary('exp', 'e to the power of the number.', (x) => sql`exp(${x})`);
export const naturalLogarithm = unary('ln', 'The natural logarithm.', (x) => sql`log(${x})`);
export const squareRoot = unary('sqrt', 'The square root.', (x) => sql`sqrt(${x})`);
export const exact = unary('exact', 'The value of the expression.', (x) => x);

export const power = binary(
  'pow',
  'pow(base, exponent)',
  'The base to the power of the exponent.',
  (base, exponent) => sql`pow(${base}, ${exponent})`,
);

/**
 * Rounds half away from zero. The product is raised by a part in 10^15, less than a double's text shows, so that 2.555 (in
 * binary a little less) rounds to 2.56; not where it is so large that this part would count.
 */
function roundHalfUp(value: Sql, factor: Sql): Sql {
  return share(value, (x) => {
    const scaled = sql`abs(${x}) * ${factor}`;
    const raised = sql`${scaled} * if(${scaled} < 1e13, 1.000000000000001, 1.)`;
    return sql`if(${scaled} < 1e15, sign(${x}) * floor(${raised} + 0.5) / ${factor}, ${x})`;
  });
}

export const round: EvalFunction = {
  name: 'round',
  category: 'mathematics',
  minimum: 1,
  maximum: 2,
  signature: 'round(number, [digits])',
  summary: 'The number rounded to the digits after the point, to a whole number without them.',
  roles: ['number'],
  compile: (call) => {
    const value = asNumber(call.argument(0));
    if (call.count === 1) return { sql: roundHalfUp(value, sql`1.`), type: 'number' };
    const digits = asNumber(call.argument(1));
    return { sql: roundHalfUp(value, sql`pow(10, trunc(${digits}))`), type: 'number' };
  },
};

export const logarithm: EvalFunction = {
  name: 'log',
  category: 'mathematics',
  minimum: 1,
  maximum: 2,
  signature: 'log(number, [base])',
  summary: 'The logarithm, to the base 10 unless another is given.',
  roles: ['number'],
  compile: (call) => {
    const value = asNumber(call.argument(0));
    if (call.count === 1) return { sql: sql`log10(${value})`, type: 'number' };
    return {
      sql: share(
        asNumber(call.argument(1)),
        (base) =>
          // The engine's own functions are exact for powers of their base.
          sql`multiIf(${base} = 2, log2(${value}), ${base} = 10, log10(${value}), log(${value}) / log(${base}))`,
      ),
      type: 'number',
    };
  },
};

export const pi: EvalFunction = {
  name: 'pi',
  category: 'mathematics',
  minimum: 0,
  maximum: 0,
  signature: 'pi()',
  summary: 'The number pi.',
  compile: () => ({ sql: sql`pi()`, type: 'number', notNull: true }),
};

export const random: EvalFunction = {
  name: 'random',
  category: 'statistics',
  minimum: 0,
  maximum: 0,
  signature: 'random()',
  summary: 'A random whole number from 0 to 2147483647.',
  compile: (call) => ({
    // The argument keeps the engine from taking two calls for one.
    sql: sql`toFloat64(rand(${call.context.parameters.bind(call.call.span.start, 'UInt32')}) % 2147483648)`,
    type: 'number',
    notNull: true,
  }),
};

const trigonometry = { category: 'trigonometry' } as const;
export const sine = unary('sin', 'The sine of an angle in radians.', (x) => sql`sin(${x})`, trigonometry);
export const cosine = unary('cos', 'The cosine of an angle in radians.', (x) => sql`cos(${x})`, trigonometry);
export const tangent = unary(
  'tan',
  'The tangent of an angle in radians.',
  (x) => sql`tan(${x})`,
  trigonometry,
);
export const arcSine = unary('asin', 'The angle whose sine is given.', (x) => sql`asin(${x})`, trigonometry);
export const arcCosine = unary(
  'acos',
  'The angle whose cosine is given.',
  (x) => sql`acos(${x})`,
  trigonometry,
);
export const arcTangent = unary(
  'atan',
  'The angle whose tangent is given.',
  (x) => sql`atan(${x})`,
  trigonometry,
);
export const hyperbolicSine = unary('sinh', 'The hyperbolic sine.', (x) => sql`sinh(${x})`, trigonometry);
export const hyperbolicCosine = unary('cosh', 'The hyperbolic cosine.', (x) => sql`cosh(${x})`, trigonometry);
export const hyperbolicTangent = unary(
  'tanh',
  'The hyperbolic tangent.',
  (x) => sql`tanh(${x})`,
  trigonometry,
);
export const inverseHyperbolicSine = unary(
  'asinh',
  'The inverse hyperbolic sine.',
  (x) => sql`asinh(${x})`,
  trigonometry,
);
export const inverseHyperbolicCosine = unary(
  'acosh',
  'The inverse hyperbolic cosine.',
  (x) => sql`acosh(${x})`,
  trigonometry,
);
export const inverseHyperbolicTangent = unary(
  'atanh',
  'The inverse hyperbolic tangent.',
  (x) => sql`atanh(${x})`,
  trigonometry,
);
export const arcTangent2 = binary(
  'atan2',
  'atan2(y, x)',
  'The angle of the point (x, y).',
  (y, x) => sql`atan2(${y}, ${x})`,
  'trigonometry',
);
export const hypotenuse = binary(
  'hypot',
  'hypot(x, y)',
  'The square root of the sum of the squares.',
  (x, y) => sql`hypot(${x}, ${y})`,
  'trigonometry',
);
