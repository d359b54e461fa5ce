import type { Role } from '../contracts/session.ts';

/** Who makes a request. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
  /** `local`: nobody signs in on this machine. */
  readonly by: 'local' | 'session' | 'token';
  /** What the header `x-keizu-csrf` must say; a token needs none. */
  readonly csrf: string;
}

const ranks: Readonly<Record<Role, number>> = { viewer: 0, analyst: 1, admin: 2 };

export function mayAct(actor: Pick<Actor, 'role'>, needed: Role): boolean {
  return ranks[actor.role] >= ranks[needed];
}

/** The lesser of two roles: a token can do no more than its user. */
export function lesserRole(one: Role, other: Role): Role {
  return ranks[one] <= ranks[other] ? one : other;
}
