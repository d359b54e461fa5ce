// Debian's Chromium for the tests of the page: installed where it is absent and this is root; else those tests say that they skip.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const chromium = '/usr/bin/chromium';

export function installBrowser() {
  if (existsSync(chromium) || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const installed = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], quiet)
      .status === 0;
  if (installed()) return;
  spawnSync('apt-get', ['update'], quiet);
  if (!installed())
    process.stderr.write('Chromium could not be installed; the tests of the page are skipped.\n');
}
