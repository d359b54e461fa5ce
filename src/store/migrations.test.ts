import { describe, expect, test } from 'vitest';
import { currentSchema, isNewer, migrationSteps, type Schema, schemaVersion } from './migrations.ts';
import { sql } from './sql.ts';

const text = sql`Nullable(String)`;
const column = (name: string) => ({ name, type: text, rowType: text });
const schema: Schema = {
  migrations: [() => [sql`first`], () => [sql`second`, sql`third`]],
  hotColumns: [column('a'), column('b')],
};

describe('migrationSteps', () => {
  test('makes a new store in one step', () => {
    const [step, ...more] = migrationSteps(undefined);
    expect(more).toEqual([]);
    expect(step?.reached.version).toBe(schemaVersion(currentSchema));
    expect(step?.statements.length).toBeGreaterThan(0);
  });

  test('does nothing to a store that is there', () => {
    expect(migrationSteps({ version: 3, hotColumns: ['b', 'a'] }, schema)).toEqual([]);
  });

  test('goes through each version, so that a stop between leaves a version', () => {
    const steps = migrationSteps({ version: 1, hotColumns: ['a', 'b'] }, schema);
    expect(
      steps.map(({ statements, reached }) => [statements.map((each) => each.text), reached.version]),
    ).toEqual([
      [['first'], 2],
      [['second', 'third'], 3],
    ]);
    expect(migrationSteps({ version: 2, hotColumns: ['a', 'b'] }, schema).length).toBe(1);
  });

  test('adds columns behind the versions, one at a time', () => {
    const steps = migrationSteps({ version: 2, hotColumns: ['b'] }, schema);
    expect(steps.map(({ reached }) => reached)).toEqual([
      { version: 3, hotColumns: ['b'] },
      { version: 3, hotColumns: ['b', 'a'] },
    ]);
    expect(steps[1]?.statements[0]?.text).toContain('ADD COLUMN IF NOT EXISTS `a`');
  });
});

describe('isNewer', () => {
  test.each([
    [{ version: 3, hotColumns: ['a', 'b'] }, false],
    [{ version: 1, hotColumns: [] }, false],
    [{ version: 4, hotColumns: ['a', 'b'] }, true],
    [{ version: 3, hotColumns: ['a', 'b', 'c'] }, true],
  ])('of %j is %s', (state, newer) => {
    expect(isNewer(state, schema)).toBe(newer);
  });
});
