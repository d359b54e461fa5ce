import type { ProxyFacts, ProxyProduct } from './proxy-facts.ts';
import type { Verdict } from './verdict.ts';
import { judgeBluecoat } from './verdicts/bluecoat.ts';
import { judgeCiscoWsa } from './verdicts/cisco-wsa.ts';
import {
  judgeFortinetTraffic,
  judgeFortinetWebfilter,
  judgePaloAltoTraffic,
  judgePaloAltoUrl,
} from './verdicts/firewalls.ts';
import { judgeForcepoint } from './verdicts/forcepoint.ts';
import { judgeMcafeeWg } from './verdicts/mcafee-wg.ts';
import { judgeSquid } from './verdicts/squid.ts';
import { judgeW3cProxy } from './verdicts/w3c-proxy.ts';
import { judgeAccessLog, judgeApache, judgeNginx } from './verdicts/web-servers.ts';
import { judgeDns, judgeZeekConn, judgeZeekHttp, judgeZeekSsl } from './verdicts/zeek.ts';
import { judgeZscalerFirewall, judgeZscalerWeb } from './verdicts/zscaler.ts';

/** What a record proves, by the product that wrote it: never more than its evidence carries. */
export const judges: Readonly<Record<ProxyProduct, (facts: ProxyFacts) => Verdict>> = {
  squid: judgeSquid,
  bluecoat: judgeBluecoat,
  'zscaler-web': judgeZscalerWeb,
  'zscaler-firewall': judgeZscalerFirewall,
  'cisco-wsa': judgeCiscoWsa,
  'mcafee-wg': judgeMcafeeWg,
  forcepoint: judgeForcepoint,
  'paloalto-traffic': judgePaloAltoTraffic,
  'paloalto-url': judgePaloAltoUrl,
  'fortinet-traffic': judgeFortinetTraffic,
  'fortinet-webfilter': judgeFortinetWebfilter,
  'zeek-conn': judgeZeekConn,
  'zeek-http': judgeZeekHttp,
  'zeek-ssl': judgeZeekSsl,
  'zeek-dns': judgeDns,
  nginx: judgeNginx,
  apache: judgeApache,
  'access-log': judgeAccessLog,
  'w3c-proxy': judgeW3cProxy,
  'windows-dns': judgeDns,
};
