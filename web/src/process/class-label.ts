import { useCallback } from 'react';
import { usePreferences } from '../frame/preferences.ts';

/** Names of classes of evidence in the panel, in Japanese; English comes from the server, shortened here where it is long. */
const english: Readonly<Record<string, string>> = {
  start: 'Own start',
  end: 'Own exit',
  child: 'Processes started',
  'file-created': 'Files written',
  'file-executable': 'Programs written',
  'file-deleted': 'Files deleted',
  'file-time-changed': 'File times changed',
  'file-stream': 'File streams',
  'file-blocked': 'Files blocked',
  'file-access': 'File accesses',
  registry: 'Registry',
  network: 'Network',
  dns: 'DNS',
  pipe: 'Pipes',
  module: 'Modules',
  driver: 'Drivers',
  'thread-made': 'Injected threads',
  'thread-received': 'Threads received',
  'access-made': 'Processes opened',
  'access-received': 'Opened by others',
  'raw-access': 'Raw reads',
  tampering: 'Tampering',
  script: 'Scripts',
  wmi: 'WMI',
  clipboard: 'Clipboard',
  service: 'Services',
  'scheduled-task': 'Scheduled tasks',
  privilege: 'Privileges',
  logon: 'Logons',
  account: 'Accounts',
  'object-access': 'Object accesses',
  other: 'Other events',
  'other-received': 'Other, received',
};

const japanese: Readonly<Record<string, string>> = {
  start: '自身の開始',
  end: '自身の終了',
  child: '子の起動',
  'file-created': 'ファイル書込',
  'file-executable': '実行ファイル書込',
  'file-deleted': 'ファイル削除',
  'file-time-changed': 'ファイル時刻変更',
  'file-stream': 'ストリーム',
  'file-blocked': 'ファイル阻止',
  'file-access': 'ファイルアクセス',
  registry: 'レジストリ',
  network: '通信',
  dns: 'DNS',
  pipe: '名前付きパイプ',
  module: 'モジュール',
  driver: 'ドライバー',
  'thread-made': 'スレッド注入',
  'thread-received': '被スレッド注入',
  'access-made': '他プロセスを開く',
  'access-received': '他から開かれた',
  'raw-access': '直接読取',
  tampering: '改ざん',
  script: 'スクリプト',
  wmi: 'WMI',
  clipboard: 'クリップボード',
  service: 'サービス',
  'scheduled-task': 'タスク登録',
  privilege: '特権',
  logon: 'ログオン',
  account: 'アカウント',
  'object-access': 'オブジェクト',
  other: 'その他',
  'other-received': 'その他 (受け手)',
};

/** The event classes of the coverage ledger. */
const eventClasses: Readonly<Record<string, readonly [string, string]>> = {
  'process-start': ['Process start', 'プロセス開始'],
  'process-end': ['Process exit', 'プロセス終了'],
  'process-access': ['Process access', 'プロセスアクセス'],
  'process-tampering': ['Tampering', '改ざん'],
  'remote-thread': ['Injected threads', 'スレッド注入'],
  'module-load': ['Modules', 'モジュール'],
  'driver-load': ['Drivers', 'ドライバー'],
  'file-create': ['Files written', 'ファイル書込'],
  'file-delete': ['Files deleted', 'ファイル削除'],
  'file-time-change': ['File times', 'ファイル時刻'],
  'file-stream': ['File streams', 'ストリーム'],
  'file-access': ['File access', 'ファイルアクセス'],
  'raw-access': ['Raw reads', '直接読取'],
  registry: ['Registry', 'レジストリ'],
  network: ['Network', '通信'],
  dns: ['DNS', 'DNS'],
  pipe: ['Pipes', '名前付きパイプ'],
  wmi: ['WMI', 'WMI'],
  clipboard: ['Clipboard', 'クリップボード'],
  script: ['Scripts', 'スクリプト'],
  service: ['Services', 'サービス'],
  'scheduled-task': ['Scheduled tasks', 'タスク登録'],
  logon: ['Logons', 'ログオン'],
  account: ['Accounts', 'アカウント'],
  web: ['Web requests', 'Web 要求'],
  'sensor-state': ['Sensor state', 'センサー状態'],
  'sensor-drop': ['Sensor drops', '取りこぼし報告'],
  'log-cleared': ['Log cleared', 'ログ消去'],
  boot: ['Boots', '起動'],
  'clock-change': ['Clock changes', '時刻変更'],
  other: ['Other events', 'その他'],
};

/** Names a class of evidence or of events, in the chosen language. */
export function useClassLabel(): (name: string, fallback: string) => string {
  const { language } = usePreferences();
  return useCallback(
    (name, fallback) => {
      const own = language === 'ja' ? japanese[name] : english[name];
      return own ?? eventClasses[name]?.[language === 'ja' ? 1 : 0] ?? fallback;
    },
    [language],
  );
}

/** Names a class of the coverage ledger, where both tables know the name. */
export function useEventClassLabel(): (name: string, fallback: string) => string {
  const { language } = usePreferences();
  return useCallback(
    (name, fallback) => eventClasses[name]?.[language === 'ja' ? 1 : 0] ?? fallback,
    [language],
  );
}

/** An event class in a Japanese sentence. */
export function japaneseClassName(name: string): string {
  return eventClasses[name]?.[1] ?? name;
}
