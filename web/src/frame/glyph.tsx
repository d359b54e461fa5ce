/** The grades of an edge, each with a glyph of its own (12 × 12): `<Glyph grade="exact" />`. */
export type GlyphName =
  | 'exact'
  | 'probable'
  | 'ambiguous'
  | 'claimed'
  | 'claimednode'
  | 'none'
  | 'wrong'
  | 'root';

export function Glyph({ grade, size = 12 }: { readonly grade: GlyphName; readonly size?: number }) {
  return (
    <svg className={`gl gl-${grade}`} width={size} height={size} aria-hidden="true">
      <use href={`#g-${grade}`} />
    </svg>
  );
}

/** The glyphs, once a page. */
export function GlyphSprite() {
  return (
    <svg className="sprite" aria-hidden="true">
      <defs>
        <symbol id="g-exact" viewBox="0 0 12 12">
          <circle cx="6" cy="6" r="3.5" fill="currentColor" />
        </symbol>
        <symbol id="g-probable" viewBox="0 0 12 12">
          <circle
            cx="6"
            cy="6"
            r="4"
            fill="var(--gbg,var(--surface))"
            stroke="currentColor"
            strokeWidth="1.3"
          />
          <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" />
        </symbol>
        <symbol id="g-ambiguous" viewBox="0 0 12 12">
          <circle
            cx="6"
            cy="6"
            r="5.2"
            fill="var(--gbg,var(--surface))"
            stroke="currentColor"
            strokeWidth="1.2"
          />
          <path
            d="M4.55 4.7c0-.85.62-1.4 1.47-1.4.84 0 1.45.54 1.45 1.28 0 .98-1.35 1.1-1.4 2.05"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.15"
            strokeLinecap="round"
          />
          <circle cx="6.05" cy="8.45" r=".72" fill="currentColor" />
        </symbol>
        <symbol id="g-claimed" viewBox="0 0 12 12">
          <circle
            cx="6"
            cy="6"
            r="4.2"
            fill="var(--gbg,var(--surface))"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeDasharray="2.2 1.57"
          />
        </symbol>
        <symbol id="g-claimednode" viewBox="0 0 12 12">
          <rect
            x="1.8"
            y="1.8"
            width="8.4"
            height="8.4"
            rx="1.6"
            fill="var(--gbg,var(--surface))"
            stroke="currentColor"
            strokeWidth="1.3"
            strokeDasharray="2.1 1.5"
          />
        </symbol>
        <symbol id="g-none" viewBox="0 0 12 12">
          <path d="M2.5 6h7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </symbol>
        <symbol id="g-wrong" viewBox="0 0 12 12">
          <circle
            cx="6"
            cy="6"
            r="5"
            fill="var(--gbg,var(--surface))"
            stroke="currentColor"
            strokeWidth="1.2"
          />
          <path
            d="M4.2 4.2l3.6 3.6M7.8 4.2L4.2 7.8"
            stroke="currentColor"
            strokeWidth="1.2"
            strokeLinecap="round"
          />
        </symbol>
        <symbol id="g-root" viewBox="0 0 12 12">
          <rect x="2.6" y="2.6" width="6.8" height="6.8" rx="1.4" fill="currentColor" />
        </symbol>
      </defs>
    </svg>
  );
}
