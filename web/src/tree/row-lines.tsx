import { memo } from 'react';
import type { GlyphName } from '../frame/glyph.tsx';
import { deepLevel, guideX, type RowGuides } from './model/row-guides.ts';

interface Props {
  readonly guides: RowGuides;
  readonly glyph: GlyphName;
  /** Whether the row lies on the chain to the selected process. */
  readonly on: boolean;
  readonly height: number;
  /** How far lines reach down; more than the height where the row may be taller than it. */
  readonly reach?: number;
}

const glyphSize = 12;
/** Levels beyond this one are not drawn further to the right: the number tells them. */
const mostLevels = 60;

/** The row's own part of the tree's lines, and the glyph in which its edge ends. */
export const RowLines = memo(function RowLines({ guides, glyph, on, height, reach = height }: Props) {
  const { passing, edge, runsOn, down } = guides;
  const level = Math.min(guides.level, mostLevels);
  const x = guideX(level);
  const from = guideX(level - 1);
  const middle = 12;
  const shown = passing.filter((line) => line.level < mostLevels);
  return (
    <svg className="guides" width={x + 7.5} height={height} aria-hidden="true">
      {shown.map((line) => (
        <path key={line.level} className={lineClass(line.on)} d={`M${guideX(line.level)} 0V${reach}`} />
      ))}
      {edge && level > 0 && (
        <path
          className={`e e-${edge.grade}${edge.on ? ' on' : ''}`}
          d={
            x - from < 10
              ? `M${from} 0V${middle - 3}Q${from} ${middle} ${from + 2} ${middle}H${x - 4}`
              : `M${from} 0V${middle - 4}Q${from} ${middle} ${from + 4} ${middle}H${x - 5}`
          }
        />
      )}
      {runsOn && level > 0 && (
        <path className={lineClass(runsOn.on)} d={`M${from} ${runsOn.on ? 0 : middle - 4}V${reach}`} />
      )}
      {down && <path className={lineClass(down.on)} d={`M${x} ${middle + 5}V${reach}`} />}
      {glyph === 'exact' ? (
        // Nearly every glyph; a shape costs less than the use of a symbol.
        <circle className={`gl gl-exact${on ? ' on' : ''}`} cx={x} cy={middle} r={3.5} fill="currentColor" />
      ) : (
        <use
          className={`gl gl-${glyph}${on ? ' on' : ''}`}
          href={`#g-${glyph}`}
          x={x - glyphSize / 2}
          y={middle - glyphSize / 2}
          width={glyphSize}
          height={glyphSize}
        />
      )}
    </svg>
  );
});

function lineClass(on: boolean): string {
  return on ? 'v on' : 'v';
}

/** From this level on a row bears its number, since the indent tells it no more. */
export function isDeep(level: number): boolean {
  return level >= deepLevel;
}
