const registered: ReadonlyMap<string, string> = new Map(
  [
    'Application',
    'Security',
    'Setup',
    'System',
    'ForwardedEvents',
    'Windows PowerShell',
    'Microsoft-Windows-Sysmon/Operational',
    'Microsoft-Windows-PowerShell/Operational',
    'Microsoft-Windows-TaskScheduler/Operational',
    'Microsoft-Windows-WMI-Activity/Operational',
    'Microsoft-Windows-Windows Defender/Operational',
    'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
    'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
    'Microsoft-Windows-Bits-Client/Operational',
    'Microsoft-Windows-DNS-Client/Operational',
  ].map((name) => [name.toLowerCase(), name]),
);

/** A channel in the spelling that Windows registers: some shippers write `security`. Unknown channels are kept. */
export function channelName(recorded: string): string {
  return registered.get(recorded.toLowerCase()) ?? recorded;
}
