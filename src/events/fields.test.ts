import { describe, expect, test } from 'vitest';
import { eventMemberNames, fieldAliases, fieldDefinitions, hotFields } from './fields.ts';

describe('the field dictionary', () => {
  const names = fieldDefinitions.map((definition) => definition.name);

  test('defines each name once', () => {
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('has no alias that is a field, an event member or another field’s alias', () => {
    const aliases = fieldDefinitions.flatMap((definition) => definition.aliases ?? []);
    expect(aliases.filter((alias) => names.includes(alias) || alias in eventMemberNames)).toEqual([]);
    expect(new Set(aliases).size).toBe(aliases.length);
  });

  test('resolves the names of Splunk’s text add-on for process creations', () => {
    expect(fieldAliases.get('New_Process_Name')).toBe('NewProcessName');
    expect(fieldAliases.get('New_Process_ID')).toBe('NewProcessId');
    expect(fieldAliases.get('Creator_Process_Name')).toBe('ParentProcessName');
    expect(fieldAliases.get('Process_Command_Line')).toBe('CommandLine');
    expect(fieldAliases.get('EventID')).toBe('EventCode');
    expect(fieldAliases.get('RecordNumber')).toBe('EventRecordID');
  });

  test('keeps ambiguous names out of the aliases: Creator_Process_ID is a field of its own', () => {
    expect(fieldAliases.has('Creator_Process_ID')).toBe(false);
    expect(names).toContain('Creator_Process_ID');
  });

  test('gives columns to the fields that lineage reads', () => {
    const hot = hotFields.map((field) => field.name);
    for (const name of ['process_id', 'parent_process_id', 'process_guid', 'parent_process_guid', 'user'])
      expect(hot).toContain(name);
  });

  test('has no field with the name of an event member', () => {
    expect(names.filter((name) => name in eventMemberNames)).toEqual([]);
  });
});
