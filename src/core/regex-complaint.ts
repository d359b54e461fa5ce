import type { Filled } from './phrase.ts';

/** Everything that is said of a pattern that cannot be read or run; `%s` stands for what is put in. */
export type RegexComplaintPattern =
  | 'the pattern has %s characters, more than %s'
  | '\\ at the end of the pattern'
  | '\\%s is not supported'
  | '\\%s is not supported in a character class'
  | 'malformed \\p or \\P'
  | 'character code is too large'
  | 'missing terminating ] for a character class'
  | 'POSIX collating elements are not supported'
  | 'unknown POSIX class name %s'
  | 'range out of order in character class'
  | 'unmatched closing parenthesis'
  | 'reference to the group %s, which does not exist'
  | 'groups are nested more than %s deep'
  | 'quantifier does not follow a repeatable item'
  | 'number too big in {} quantifier'
  | 'numbers out of order in {} quantifier'
  | 'missing ) after (?# comment'
  | 'verbs such as (*UTF8) are not supported'
  | 'missing closing parenthesis'
  | 'two groups are named %s'
  | 'a group name has letters, digits and _, begins with no digit and ends with >'
  | 'conditional groups are not supported'
  | 'branch reset groups are not supported'
  | 'unrecognized character after (?'
  | 'the flag %s is not supported'
  | 'this combination of features is not supported'
  | 'not supported (%s)'
  | 'the regular expression took more than %s ms on %s texts: it backtracks without end'
  | 'the regular expression failed: %s';

export type RegexComplaint = Filled<RegexComplaintPattern>;
