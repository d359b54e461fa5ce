import { type Command, Option } from 'commander';
import type { UserOptions } from './run-user.ts';
import { storeOption } from './store-option.ts';

/** `keizu user`: who may sign in at the server of a store; works beside a running server, too. */
export function addUserCommand(program: Command): void {
  const user = program.command('user').description('users of the server of a store (see keizu serve)');
  user
    .command('add')
    .description('add a user; the password is read from standard input')
    .argument('<name>', 'a-z, 0-9, ".", "_", "@" and "-"')
    .addOption(storeOption())
    .addOption(
      new Option('--role <role>', 'what the user may do: look, change, manage users')
        .choices(['viewer', 'analyst', 'admin'])
        .default('analyst'),
    )
    .action(async (name: string, options: UserOptions) => {
      const { addUser } = await import('./run-user.ts');
      await addUser(name, options);
    });
  user
    .command('password')
    .description(
      'give a user a new password, which is read from standard input; ends the sessions of the user',
    )
    .argument('<name>')
    .addOption(storeOption())
    .action(async (name: string, options: UserOptions) => {
      const { changePassword } = await import('./run-user.ts');
      await changePassword(name, options);
    });
  user
    .command('remove')
    .description('remove a user, with sessions and tokens')
    .argument('<name>')
    .addOption(storeOption())
    .action(async (name: string, options: UserOptions) => {
      const { removeUser } = await import('./run-user.ts');
      await removeUser(name, options);
    });
  user
    .command('list')
    .description('list the users')
    .addOption(storeOption())
    .action(async (options: UserOptions) => {
      const { listUsers } = await import('./run-user.ts');
      await listUsers(options);
    });
}
