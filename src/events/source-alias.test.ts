import { describe, expect, test } from 'vitest';
import { canonicalSource, sourceAliases } from './source-alias.ts';

describe('source aliases', () => {
  test('text and XML forms of a channel are one source, whatever the case', () => {
    expect(canonicalSource('WinEventLog:Security')).toBe(canonicalSource('XmlWinEventLog:security'));
    expect(canonicalSource('xmlwineventlog:microsoft-windows-sysmon/operational')).toBe(
      canonicalSource('XmlWinEventLog:Microsoft-Windows-Sysmon/Operational'),
    );
  });

  test('other sources keep their name and are not mixed up', () => {
    expect(canonicalSource('/var/log/Squid')).toBe('/var/log/squid');
    expect(canonicalSource('WinEventLog:Security')).not.toBe(canonicalSource('WinEventLog:System'));
    expect(canonicalSource('wineventlog')).toBe('wineventlog');
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
