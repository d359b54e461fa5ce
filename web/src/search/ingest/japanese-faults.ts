import type { IngestFaultCode } from '../../../../src/server/contracts/ingest.ts';

/** What could not be read, by kind. */
const wordings: { readonly [Code in IngestFaultCode]: string } = {
  truncated: '途中で切れています',
  'bad-signature': '形式を示す先頭のバイト列が正しくありません',
  'bad-checksum': 'チェックサムが一致しません',
  'bad-structure': '構造が壊れています',
  'bad-value': '値が正しくありません',
  'bad-encoding': '文字コードが正しくない部分があります',
  'bad-syntax': '書式が正しくありません',
  'too-long': '長さの上限を超えています',
  'too-deep': '入れ子の深さの上限を超えています',
  'too-large': '大きさの上限を超えています',
  forbidden: '安全のため読み込まない内容です',
  unsupported: '対応していない形式です',
  unreadable: '読み取れません',
  empty: '内容が空です',
  'no-time': '時刻がありません',
};

/** A fault of an ingest in Japanese; undefined where its code is not known. */
export function japaneseIngestFault(code: string): string | undefined {
  return Object.hasOwn(wordings, code) ? wordings[code as IngestFaultCode] : undefined;
}
