const tlsPorts = new Set([443, 465, 563, 636, 853, 989, 990, 992, 993, 995, 4443, 8443, 9443, 10443]);

/** Ports on which the client speaks first, with TLS. */
export function isTlsPort(port: number | undefined): boolean {
  return port !== undefined && tlsPorts.has(port);
}
