import { Command, CommanderError } from 'commander';
import { terminalText } from '../core/terminal-text.ts';
import { addCoverageCommand } from './coverage.ts';
import { addDemoCommand } from './demo.ts';
import { addEgressCommand } from './egress.ts';
import { addEvidenceCommand } from './evidence.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { addExplainCommand } from './explain.ts';
import { addExportCommand } from './export.ts';
import { addFileCommand } from './file.ts';
import { addIngestCommand } from './ingest.ts';
import { addSearchCommand } from './search.ts';
import { addServeCommand } from './serve.ts';
import { addTreeCommand } from './tree.ts';
import { addUserCommand } from './user.ts';
import { addVerifyCommand } from './verify.ts';
import { version } from './version.ts';

const program = new Command('keizu')
  .description('Process trees that are right, from Sysmon and Windows Security logs, searched with SPL.')
  .version(version)
  .showHelpAfterError('(run "keizu help" for the commands and options)')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

// Each of these declares its arguments only; what a command needs is loaded when it runs, so that help is quick.
addIngestCommand(program);
addSearchCommand(program);
addTreeCommand(program);
addEvidenceCommand(program);
addFileCommand(program);
addEgressCommand(program);
addCoverageCommand(program);
addExportCommand(program);
addVerifyCommand(program);
addExplainCommand(program);
addDemoCommand(program);
addServeCommand(program);
addUserCommand(program);

async function run(): Promise<ExitStatus> {
  try {
    await program.parseAsync();
    return exitStatus.done;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUsage;
    const { CommandFailure } = await import('./command-failure.ts');
    if (error instanceof CommandFailure) {
      process.stderr.write(`${error.message}\n`);
      return error.status;
    }
    const { StoreError } = await import('../store/store.ts');
    if (error instanceof StoreError) {
      const hint = error.hint === undefined ? '' : `\n  ${terminalText(error.hint)}`;
      process.stderr.write(`keizu: ${terminalText(error.message)}${hint}\n`);
      return exitStatus.failed;
    }
    throw error;
  }
}

// A reader such as `head` that closes the pipe has what it wanted; a disk that is full has not.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitStatus.done);
  process.stderr.write(`keizu: cannot write the output: ${terminalText(error.message)}\n`);
  process.exit(exitStatus.failed);
});
// Nobody reads the messages any more; the work goes on.
process.stderr.on('error', () => {});

process.exitCode = await run();
