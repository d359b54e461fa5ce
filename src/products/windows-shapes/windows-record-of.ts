import type { SourceRecord, WindowsEventRecord } from '../../formats/record.ts';
import { isAzure, readAzure } from './azure.ts';
import { isEventObject, readEventObject } from './event-object.ts';
import { isEventViewer, readEventViewer } from './event-viewer.ts';
import { isFlat, readFlat } from './flat.ts';
import { isNxlog, readNxlog } from './nxlog.ts';
import type { WindowsRecord } from './windows-record.ts';
import { isWinlogbeat, readWinlogbeat } from './winlogbeat.ts';

const noExtra: WindowsRecord['extra'] = [];

function ofXml(event: WindowsEventRecord): WindowsRecord {
  return {
    shape: 'xml',
    event,
    clock: 'TimeCreated',
    clockTrust: 'utc',
    message: event.rendering?.Message,
    extra: noExtra,
  };
}

/** The Windows event in a record of any shape; undefined where the record is none. */
export function windowsRecordOf(record: SourceRecord): WindowsRecord | undefined {
  switch (record.kind) {
    case 'windows-event':
      return ofXml(record);
    case 'json': {
      const { value } = record;
      if (isNxlog(value)) return readNxlog(record, value);
      if (isAzure(value)) return readAzure(record, value);
      if (isFlat(value)) return readFlat(record, value);
      if (isWinlogbeat(value)) return readWinlogbeat(record, value);
      if (isEventObject(value)) return readEventObject(record, value);
      return undefined;
    }
    case 'row': {
      if (isEventViewer(record)) return readEventViewer(record);
      if (isNxlog(record.cells)) return readNxlog(record, record.cells);
      if (isFlat(record.cells)) return readFlat(record, record.cells);
      return undefined;
    }
    case 'text':
    case 'stored-event':
      return undefined;
  }
}
