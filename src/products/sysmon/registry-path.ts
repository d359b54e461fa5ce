import type { Fields } from '../fields.ts';

const hives: ReadonlyMap<string, string> = new Map([
  ['HKLM', 'HKEY_LOCAL_MACHINE'],
  ['HKU', 'HKEY_USERS'],
  ['HKCR', 'HKEY_CLASSES_ROOT'],
  ['HKCU', 'HKEY_CURRENT_USER'],
  ['HKCC', 'HKEY_CURRENT_CONFIG'],
]);

/** Operations on a value, not on a key. */
const onValues: ReadonlySet<string> = new Set(['SetValue', 'DeleteValue', 'RenameValue']);

/** Types that Sysmon renders before the data; other values come as text without their type. */
const types: readonly (readonly [start: string, type: string])[] = [
  ['DWORD (', 'REG_DWORD'],
  ['QWORD (', 'REG_QWORD'],
  ['Binary Data', 'REG_BINARY'],
];

/** Adds the parts of Sysmon's TargetObject: hive, key, and for operations on a value its name. */
export function addRegistryPath(fields: Fields, target: string, operation: string | undefined): void {
  const hiveEnd = target.indexOf('\\');
  const hive = hives.get(hiveEnd < 0 ? target : target.slice(0, hiveEnd));
  if (hive !== undefined) fields.registry_hive = hive;
  if (operation === undefined || !onValues.has(operation)) {
    fields.registry_key_name = target;
    return;
  }
  const at = target.lastIndexOf('\\');
  fields.registry_key_name = at > 0 ? target.slice(0, at) : target;
  if (at >= 0 && at + 1 < target.length) fields.registry_value_name = target.slice(at + 1);
}

/** Adds what Sysmon says of the data that was set (EID 13). */
export function addRegistryData(fields: Fields, details: string): void {
  fields.registry_value_data = details;
  const found = types.find(([start]) => details.startsWith(start));
  if (found) fields.registry_value_type = found[1];
}
