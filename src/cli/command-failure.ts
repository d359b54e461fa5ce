import { type ExitStatus, exitStatus } from './exit-status.ts';

/** Ends a command with a message for standard error and an exit status. The message is already safe for a terminal. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly status: ExitStatus;

  constructor(message: string, status: ExitStatus = exitStatus.failed) {
    super(message);
    this.status = status;
  }
}
