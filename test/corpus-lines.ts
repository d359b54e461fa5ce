import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import yauzl from 'yauzl';

/** Lines of all members of a zip or tar.gz file whose names end in `suffix`, empty lines left out. */
export async function archiveLines(path: string, suffix: string): Promise<readonly string[]> {
  const texts = path.endsWith('.zip') ? await zipTexts(path, suffix) : await tarTexts(path, suffix);
  return texts.flatMap((content) => content.split('\n')).filter((line) => line.trim() !== '');
}

async function zipTexts(path: string, suffix: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const zip = await yauzl.openPromise(path);
  for await (const entry of zip.eachEntry())
    if (entry.fileName.endsWith(suffix)) texts.push(await text(await zip.openReadStreamPromise(entry)));
  return texts;
}

async function tarTexts(path: string, suffix: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const tar = extract();
  createReadStream(path).pipe(createGunzip()).pipe(tar);
  for await (const entry of tar) {
    if (entry.header.name.endsWith(suffix)) texts.push(await text(entry));
    else entry.resume();
  }
  return texts;
}
