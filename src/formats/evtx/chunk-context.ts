import type { ByteCursor } from '../../core/byte-cursor.ts';
import type { ReadLimits } from '../../core/limits.ts';
import type { NameTable } from './binxml-name.ts';
import type { DecodeBudget } from './decode-budget.ts';
import type { TemplateTable } from './template.ts';
import type { TemplateLibrary } from './template-library.ts';
import type { TextCache } from './value-text.ts';

/** What the decoding of one chunk shares: its bytes, its names, its templates, and what it may cost. */
export interface ChunkContext {
  readonly cursor: ByteCursor;
  readonly names: NameTable;
  readonly templates: TemplateTable;
  readonly library: TemplateLibrary;
  readonly texts: TextCache;
  readonly budget: DecodeBudget;
  readonly limits: ReadLimits;
}
