import type { Role } from '../contracts/session.ts';

interface Rule {
  readonly methods: readonly string[];
  /** A path below `/api`, and what lies below it. */
  readonly path: string;
  readonly role: Role;
}

const any = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Where a role other than the usual one is needed; the first rule that fits counts. */
const rules: readonly Rule[] = [
  { methods: any, path: '/users', role: 'admin' },
  { methods: any, path: '/audit', role: 'admin' },
  { methods: any, path: '/exports', role: 'analyst' },
  { methods: any, path: '/tokens', role: 'viewer' },
  { methods: any, path: '/searches', role: 'viewer' },
  { methods: any, path: '/history', role: 'viewer' },
  { methods: ['POST'], path: '/check', role: 'viewer' },
  { methods: ['POST'], path: '/complete', role: 'viewer' },
  { methods: ['POST'], path: '/explain', role: 'viewer' },
  { methods: ['POST'], path: '/explain-zero', role: 'viewer' },
];

/** The role that a request needs: a viewer reads, an analyst changes, unless a rule says otherwise. */
export function requiredRole(method: string, path: string): Role {
  const below = path.replace(/^\/api/, '');
  const rule = rules.find(
    (each) => each.methods.includes(method) && (below === each.path || below.startsWith(`${each.path}/`)),
  );
  if (rule) return rule.role;
  return method === 'GET' || method === 'HEAD' ? 'viewer' : 'analyst';
}
