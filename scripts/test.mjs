// Everything that must hold: style, types, dead code, the order of the stages, tests. With arguments: only vitest, with them.
import { installBrowser } from './browser.mjs';
import { runTool, setUp } from './set-up.mjs';

setUp();
installBrowser();
const only = process.argv.slice(2);
if (only.length > 0) {
  runTool('vitest', ['run', ...only]);
} else {
  runTool('biome', ['check', '.']);
  runTool('tsc', ['-p', '.']);
  runTool('tsc', ['-p', 'web']);
  runTool('knip', []);
  runTool('depcruise', ['--config', '.dependency-cruiser.cjs', 'src', 'web/src']);
  runTool('vitest', ['run']);
}
