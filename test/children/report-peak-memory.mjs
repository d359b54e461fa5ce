// Loaded into a program under test: when it ends, it writes the most memory that it held (in KiB) to descriptor 3.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
