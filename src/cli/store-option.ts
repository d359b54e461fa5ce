import { Option } from 'commander';

/** Where the store is: the same option for each command that needs one. */
export function storeOption(): Option {
  return new Option('--store <dir>', 'where the data is (default: $KEIZU_STORE, else ~/.local/share/keizu)');
}
