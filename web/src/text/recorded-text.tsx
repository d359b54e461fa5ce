import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { elide, type Piece } from './elide.ts';
import {
  type HiddenCharacter,
  type HiddenKind,
  hiddenTags,
  type TextPart,
  textParts,
} from './hidden-characters.ts';

const reasons = {
  bidi: 'hiddenBidi',
  'zero-width': 'hiddenZeroWidth',
  control: 'hiddenControl',
  'line-break': 'hiddenLineBreak',
  tab: 'hiddenTab',
} as const satisfies Record<HiddenKind, string>;

interface Options {
  readonly text: string;
  /** How many UTF-16 units are shown at most; the rest becomes a chip with its length. Default 2,000. */
  readonly most?: number;
  /** A text whose places are marked, without regard to case. */
  readonly hit?: string;
  /** Whether the mark is the current one of a find. */
  readonly now?: boolean;
  /** Whether line feeds and tabs are drawn as such. */
  readonly lines?: boolean;
  readonly className?: string;
}

/**
 * A text that a log recorded, and that an attacker may have written: text nodes only, isolated from the direction of what
 * stands around it, with invisible characters as tags at their place. Copying gives the original characters.
 */
export function RecordedText({
  text,
  most = 2000,
  hit = '',
  now = false,
  lines = false,
  className,
}: Options) {
  const cut = elide(text, most, hit);
  return (
    <bdi className={className === undefined ? 'rec' : `rec ${className}`} dir="ltr">
      {cut.map((piece, at) => (
        // The pieces of a text never move against each other.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <PieceText key={at} piece={piece} now={now} lines={lines} />
      ))}
    </bdi>
  );
}

function PieceText({ piece, now, lines }: { piece: Piece; now: boolean; lines: boolean }): ReactNode {
  if (piece.kind === 'cut') return <CutChip text={piece.text} />;
  const parts = <Parts text={piece.text} lines={lines} />;
  return piece.hit ? <mark className={now ? 'now' : undefined}>{parts}</mark> : parts;
}

// Thousands of these are on a page of results: only a part that needs words takes the translation.
function Parts({ text, lines }: { text: string; lines: boolean }): ReactNode {
  const parts = textParts(text, lines);
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'plain' ? only.text : <MixedParts parts={parts} />;
}

function MixedParts({ parts }: { parts: readonly TextPart[] }): ReactNode {
  return parts.map((part, at) =>
    part.kind === 'plain' ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <HiddenTag key={at} part={part} />
    ),
  );
}

function HiddenTag({ part: { text, tag, codes, why } }: { part: HiddenCharacter }): ReactNode {
  const { t } = useTranslation('frame');
  return (
    <span
      className={why === 'line-break' || why === 'tab' ? 'uc usual' : 'uc'}
      data-recorded={text}
      title={`${codes}, ${t(reasons[why])}`}
    >
      {tag}
    </span>
  );
}

function CutChip({ text }: { text: string }): ReactNode {
  const { t } = useTranslation('frame');
  const tags = hiddenTags(text);
  const length = t('hiddenCut', { count: text.length });
  const within = tags.length === 0 ? '' : `, ${t('hiddenWithin', { tags: tags.join(', ') })}`;
  return (
    <span className="cut" data-recorded={text} title={`${length}${within}`}>
      ⋯{text.length.toLocaleString('en')}
      {tags.map((tag) => (
        <span key={tag} className="uc">
          {tag}
        </span>
      ))}
    </span>
  );
}
