import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageReference } from '../src/spl/language-reference.ts';

writeFileSync(join(import.meta.dirname, '../docs/language.md'), languageReference());
