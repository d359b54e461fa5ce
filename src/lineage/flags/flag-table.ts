/**
 * What is unusual about a process, as one table. Every entry is a fact with its reason, no verdict: setups run from Temp,
 * and some browsers start shells for their add-ons. Paths are compared in lower case with backslashes, on any drive;
 * `system` names are those of Windows' own folder.
 */

/** Folders that programs should not run from: a part of the path, or its beginning where `at` says so. */
export const unusualFolders: readonly {
  readonly part: string;
  readonly at: 'anywhere' | 'drive' | 'start';
  readonly says: string;
}[] = [
  { part: '\\temp\\', at: 'anywhere', says: 'a Temp folder' },
  { part: '\\tmp\\', at: 'anywhere', says: 'a tmp folder' },
  { part: '\\temporary internet files\\', at: 'anywhere', says: "a browser's cache" },
  { part: '\\inetcache\\', at: 'anywhere', says: "a browser's cache" },
  { part: '\\content.outlook\\', at: 'anywhere', says: "Outlook's folder of opened attachments" },
  { part: '\\downloads\\', at: 'anywhere', says: 'a Downloads folder' },
  { part: '\\programs\\startup\\', at: 'anywhere', says: 'a Startup folder' },
  { part: '\\$recycle.bin\\', at: 'anywhere', says: 'the Recycle Bin' },
  { part: '\\recycler\\', at: 'anywhere', says: 'the Recycle Bin' },
  { part: '\\system volume information\\', at: 'anywhere', says: 'System Volume Information' },
  { part: '\\users\\public\\', at: 'drive', says: 'the Public folder' },
  { part: '\\users\\default\\', at: 'drive', says: "the default user's folder" },
  { part: '\\perflogs\\', at: 'drive', says: 'PerfLogs' },
  { part: '\\intel\\', at: 'drive', says: 'a folder of driver logs' },
  { part: '\\windows\\fonts\\', at: 'drive', says: 'the Fonts folder' },
  { part: '\\windows\\debug\\', at: 'drive', says: "Windows' Debug folder" },
  { part: '\\windows\\help\\', at: 'drive', says: "Windows' Help folder" },
  { part: '\\windows\\media\\', at: 'drive', says: "Windows' Media folder" },
  { part: '\\windows\\addins\\', at: 'drive', says: "Windows' addins folder" },
  { part: '\\windows\\ime\\', at: 'drive', says: "Windows' IME folder" },
  { part: '\\windows\\tasks\\', at: 'drive', says: 'the folder of scheduled tasks' },
  { part: '\\windows\\system32\\tasks\\', at: 'drive', says: 'the folder of scheduled tasks' },
  { part: '\\windows\\system32\\spool\\drivers\\color\\', at: 'drive', says: 'a folder of colour profiles' },
  { part: '\\tmp\\', at: 'start', says: 'a tmp folder' },
  { part: '\\var\\tmp\\', at: 'start', says: 'a tmp folder' },
  { part: '\\dev\\shm\\', at: 'start', says: 'shared memory' },
];

/** Folders that may hold folders of programs, but no program right inside. */
export const folderTops: readonly { readonly folder: string; readonly says: string }[] = [
  { folder: '\\', says: 'the top of a drive' },
  { folder: '\\programdata\\', says: 'the top of ProgramData' },
  { folder: '\\users\\', says: 'the top of Users' },
];

/** Programs of Windows and the folders that they belong in. */
const system32 = ['\\windows\\system32\\'];
const bothSystems = [...system32, '\\windows\\syswow64\\', '\\windows\\sysnative\\'];
export const systemPrograms: Readonly<Record<string, readonly string[]>> = {
  'smss.exe': system32,
  'csrss.exe': system32,
  'wininit.exe': system32,
  'winlogon.exe': system32,
  'services.exe': system32,
  'lsass.exe': system32,
  'lsaiso.exe': system32,
  'lsm.exe': system32,
  'logonui.exe': system32,
  'fontdrvhost.exe': system32,
  'dwm.exe': system32,
  'sihost.exe': system32,
  'spoolsv.exe': system32,
  'taskhost.exe': system32,
  'taskhostw.exe': system32,
  'taskeng.exe': system32,
  'ctfmon.exe': system32,
  'runtimebroker.exe': system32,
  'searchindexer.exe': bothSystems,
  'userinit.exe': bothSystems,
  'svchost.exe': bothSystems,
  'dllhost.exe': bothSystems,
  'conhost.exe': bothSystems,
  'rundll32.exe': bothSystems,
  'regsvr32.exe': bothSystems,
  'mshta.exe': bothSystems,
  'wscript.exe': bothSystems,
  'cscript.exe': bothSystems,
  'cmd.exe': bothSystems,
  'schtasks.exe': bothSystems,
  'wmiprvse.exe': ['\\windows\\system32\\wbem\\', '\\windows\\syswow64\\wbem\\'],
  'powershell.exe': [
    '\\windows\\system32\\windowspowershell\\v1.0\\',
    '\\windows\\syswow64\\windowspowershell\\v1.0\\',
  ],
  'explorer.exe': ['\\windows\\', '\\windows\\syswow64\\'],
};

/** Where Windows keeps copies of its own programs: updates and servicing. */
export const servicingFolders: readonly string[] = [
  '\\windows\\winsxs\\',
  '\\windows\\softwaredistribution\\',
  '\\windows\\servicing\\',
  '\\$windows.~bt\\',
  '\\windows.old\\',
];

/** Programs that only these start; another parent does not fit. `system` is the kernel's own process. */
export const expectedParents: Readonly<Record<string, readonly string[]>> = {
  'smss.exe': ['system', 'smss.exe'],
  'csrss.exe': ['smss.exe'],
  'wininit.exe': ['smss.exe'],
  'winlogon.exe': ['smss.exe'],
  'services.exe': ['wininit.exe'],
  'lsass.exe': ['wininit.exe', 'winlogon.exe'],
  'lsaiso.exe': ['wininit.exe'],
  'svchost.exe': ['services.exe', 'svchost.exe', 'msmpeng.exe'],
  'spoolsv.exe': ['services.exe'],
  'taskhostw.exe': ['svchost.exe', 'services.exe'],
  'userinit.exe': ['winlogon.exe', 'dwm.exe'],
  'wmiprvse.exe': ['svchost.exe'],
  'sihost.exe': ['svchost.exe', 'sihost.exe'],
};

/** Programs that show documents or pages, and have no business with shells. */
export const documentPrograms: Readonly<Record<string, string>> = {
  'winword.exe': 'Word',
  'excel.exe': 'Excel',
  'powerpnt.exe': 'PowerPoint',
  'outlook.exe': 'Outlook',
  'onenote.exe': 'OneNote',
  'msaccess.exe': 'Access',
  'mspub.exe': 'Publisher',
  'visio.exe': 'Visio',
  'eqnedt32.exe': 'the equation editor',
  'wordpad.exe': 'WordPad',
  'hwp.exe': 'Hangul',
  'soffice.bin': 'LibreOffice',
  'acrord32.exe': 'Acrobat Reader',
  'acrobat.exe': 'Acrobat',
  'foxitreader.exe': 'Foxit Reader',
  'chrome.exe': 'a browser',
  'msedge.exe': 'a browser',
  'firefox.exe': 'a browser',
  'iexplore.exe': 'a browser',
  'opera.exe': 'a browser',
  'brave.exe': 'a browser',
};

/** Shells, script hosts and programs of Windows that run what others give them. */
export const shellsAndHosts: Readonly<Record<string, string>> = {
  'cmd.exe': 'a shell',
  'powershell.exe': 'a shell',
  'pwsh.exe': 'a shell',
  'bash.exe': 'a shell',
  'wsl.exe': 'a shell',
  'wscript.exe': 'a script host',
  'cscript.exe': 'a script host',
  'mshta.exe': 'a script host',
  'rundll32.exe': 'a program that runs DLLs',
  'regsvr32.exe': 'a program that runs DLLs',
  'msbuild.exe': 'a program that compiles and runs code',
  'installutil.exe': 'a program that runs code of assemblies',
  'regasm.exe': 'a program that runs code of assemblies',
  'regsvcs.exe': 'a program that runs code of assemblies',
  'wmic.exe': 'a program that starts others',
  'schtasks.exe': 'a program that sets up tasks',
  'certutil.exe': 'a program that can download and decode',
  'bitsadmin.exe': 'a program that can download',
  'curl.exe': 'a program that can download',
  'msiexec.exe': 'an installer',
};

/** Ends of names that look like a document in front of the true ending, which runs. */
export const documentEndings =
  'pdf|docx?|docm|rtf|xlsx?|xlsm|csv|pptx?|txt|jpe?g|png|gif|bmp|mp3|mp4|avi|zip|rar|7z|html?|xml|eml|msg';
export const runnableEndings = 'exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|msi';
