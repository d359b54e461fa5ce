import type { Command } from 'commander';
import type { ServeCommandOptions } from './run-serve.ts';
import { storeOption } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu serve`: the page and the API. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the page and the API; other commands on this machine use the store through it')
    .addOption(storeOption())
    .option('--port <n>', 'port to listen on; 0 lets the system choose', wholeNumber(0, 65_535), 7600)
    .option('--bind <address>', 'address to listen on; one of other machines needs users', '127.0.0.1')
    .option('--tls-cert <file>', 'certificate (PEM), with its chain; the page then comes over TLS')
    .option('--tls-key <file>', 'private key of the certificate (PEM)')
    .action(async (options: ServeCommandOptions) => {
      const { runServeCommand } = await import('./run-serve.ts');
      await runServeCommand(options);
    });
}
