import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's parameters for scrypt: 2^17 rounds of 8 blocks hold 128 MiB for about 0.4 s. */
const cost = { exponent: 17, blockSize: 8, parallelization: 1 };

const keyBytes = 32;

/** One derivation at a time: each holds 128 MiB, and anybody may ask for one. */
let tail: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, { exponent, blockSize, parallelization }: typeof cost) {
  const options = {
    N: 2 ** exponent,
    r: blockSize,
    p: parallelization,
    maxmem: 2 ** exponent * blockSize * 256,
  };
  const run = tail.then(
    () =>
      new Promise<Buffer>((give, refuse) =>
        scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) =>
          error ? refuse(error) : give(key),
        ),
      ),
  );
  tail = run.catch(() => undefined);
  return run;
}

/** `scrypt$17$8$1$salt$key`, both in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  const { exponent, blockSize, parallelization } = cost;
  return [
    'scrypt',
    exponent,
    blockSize,
    parallelization,
    salt.toString('base64'),
    key.toString('base64'),
  ].join('$');
}

const nobody = `scrypt$${cost.exponent}$${cost.blockSize}$${cost.parallelization}$${Buffer.alloc(16).toString('base64')}$`;

/** Whether a password belongs to a hash. For nobody's hash (undefined) it takes as long and is false. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const [, exponent, blockSize, parallelization, salt = '', expected = ''] = (hash ?? nobody).split('$');
  const key = await derive(password, Buffer.from(salt, 'base64'), {
    exponent: Number(exponent),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  });
  const wanted = Buffer.from(expected, 'base64');
  return wanted.length === key.length && timingSafeEqual(wanted, key);
}
