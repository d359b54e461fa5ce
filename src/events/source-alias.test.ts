import { describe, expect, test } from 'vitest';
import { sourceAliases } from './source-alias.ts';

describe('source aliases', () => {
  test('text and XML forms of a channel are one source, whatever the case', () => {
    const spellings = (source: string) => [...sourceAliases(source)].sort();
    expect(spellings('WinEventLog:Security')).toEqual(spellings('XmlWinEventLog:security'));
    expect(spellings('WinEventLog:Security')).not.toEqual(spellings('WinEventLog:System'));
  });

  test('other sources keep their name', () => {
    expect(sourceAliases('/var/log/Squid')).toEqual(['/var/log/squid']);
    expect(sourceAliases('wineventlog')).toEqual(['wineventlog']);
  });

  test('the asked spelling comes first, and patterns stay patterns', () => {
    expect(sourceAliases('WinEventLog:Security')).toEqual([
      'wineventlog:security',
      'xmlwineventlog:security',
    ]);
    expect(sourceAliases('XmlWinEventLog:*')).toEqual(['xmlwineventlog:*', 'wineventlog:*']);
    expect(sourceAliases('stream:http')).toEqual(['stream:http']);
  });
});
