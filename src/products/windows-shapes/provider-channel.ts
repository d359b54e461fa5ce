/** Channels of providers, for exports that name the provider only. */
const channels: ReadonlyMap<string, string> = new Map([
  ['Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational'],
  ['Microsoft-Windows-Security-Auditing', 'Security'],
  ['Microsoft-Windows-PowerShell', 'Microsoft-Windows-PowerShell/Operational'],
  ['PowerShell', 'Windows PowerShell'],
  ['Microsoft-Windows-TaskScheduler', 'Microsoft-Windows-TaskScheduler/Operational'],
  ['Microsoft-Windows-WMI-Activity', 'Microsoft-Windows-WMI-Activity/Operational'],
  ['Microsoft-Windows-Windows Defender', 'Microsoft-Windows-Windows Defender/Operational'],
  ['Service Control Manager', 'System'],
  ['Microsoft-Windows-Kernel-General', 'System'],
  ['Microsoft-Windows-Kernel-Power', 'System'],
  ['EventLog', 'System'],
]);

/** The channel that a provider writes to, where it is known to write to one only. */
export function channelOfProvider(provider: string | undefined): string | undefined {
  return provider === undefined ? undefined : channels.get(provider);
}
