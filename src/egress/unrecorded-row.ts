import { imageName } from '../lineage/image-name.ts';
import type { ConnectionRow } from '../spl/connection-reader.ts';
import { ticksOf } from './milliseconds.ts';
import type { Unrecorded } from './unrecorded.ts';
import { unrecordedText, unrecordedVerdict } from './unrecorded-text.ts';

const nothing: ConnectionRow = {
  _time: undefined,
  end_time: undefined,
  host: undefined,
  hosts: [],
  src_ip: undefined,
  src_port: undefined,
  user: undefined,
  dest: undefined,
  dest_ip: undefined,
  dest_port: undefined,
  http_method: undefined,
  url: undefined,
  status: undefined,
  bytes_out: undefined,
  bytes_in: undefined,
  http_content_type: undefined,
  http_user_agent: undefined,
  category: undefined,
  verdict: undefined,
  verdict_code: undefined,
  verdict_reason: undefined,
  reached: undefined,
  out: undefined,
  back: undefined,
  complete: undefined,
  flags: [],
  tier: undefined,
  standing: undefined,
  explained: undefined,
  competing: undefined,
  times: undefined,
  process_id: undefined,
  process_guid: undefined,
  process_name: undefined,
  process_path: undefined,
  process_user: undefined,
  lineage_id: undefined,
  reasons: [],
  candidates: [],
  product: undefined,
  log_host: undefined,
  event_id: undefined,
};

/** A destination of which no proxy has a record, as a row of `egress`: the process's own sensor tells of it. */
export function unrecordedRow(unrecorded: Unrecorded): ConnectionRow {
  const { process, destination, port, times, first, last } = unrecorded;
  return {
    ...nothing,
    _time: ticksOf(first),
    end_time: ticksOf(last),
    host: process.host,
    hosts: [process.host],
    dest: destination,
    dest_port: port === undefined ? undefined : String(port),
    verdict: unrecordedVerdict(unrecorded),
    verdict_reason: unrecordedText(unrecorded),
    explained: 'true',
    times,
    process_id: process.pid === undefined ? undefined : String(process.pid),
    process_guid: process.guid,
    process_name: process.image === undefined ? undefined : imageName(process.image),
    process_path: process.image,
    process_user: process.user,
    lineage_id: process.id,
  };
}
