/** All files of what was dropped, folders opened. */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) return [...data.files];
  const files: File[] = [];
  for (const entry of entries) if (entry) await collect(entry, files);
  return files;
}

const mostFiles = 50_000;

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= mostFiles) return;
  if (entry.isFile) {
    files.push(await new Promise<File>((give, fail) => (entry as FileSystemFileEntry).file(give, fail)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives a folder in pieces, and an empty one at the end.
    const piece = await new Promise<FileSystemEntry[]>((give, fail) => reader.readEntries(give, fail));
    if (piece.length === 0) return;
    for (const inside of piece) await collect(inside, files);
  }
}
