import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text. */
export function secretText(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: nobody who reads it can sign in with it. The secret is random, so that one round is enough. */
export function secretDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
