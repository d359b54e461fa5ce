import type { Failure } from '../../../src/server/contracts/error.ts';
import { wordedFailure } from './worded-failure.ts';

type FailureBody = Failure['error'];

/** A request that failed, in the page's language: the server's words, or that it gave none. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly diagnostics: NonNullable<FailureBody['diagnostics']>;

  constructor(status: number, body: FailureBody) {
    const { message, hint } = wordedFailure(body);
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = body.code;
    this.hint = hint;
    this.diagnostics = body.diagnostics ?? [];
  }
}

/** The token against forged requests, as the session gave it. */
let csrf = '';
/** Called where the server asks for a sign-in. */
let signInWanted: () => void = () => {};

export function setCsrf(token: string): void {
  csrf = token;
}

export function csrfToken(): string {
  return csrf;
}

export function onSignInWanted(listener: () => void): void {
  signInWanted = listener;
}

export type QueryValue = string | number | boolean | null | undefined;

/** A path below `/api` with its query; what is null, undefined or empty is left out. */
export function apiPath(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  const text = params.toString();
  return `/api${path}${text === '' ? '' : `?${text}`}`;
}

export async function failureOf(response: Response): Promise<ApiFailure> {
  const fallback = {
    code: `http-${response.status}`,
    message: response.statusText || `HTTP ${response.status}`,
  };
  try {
    const body = (await response.json()) as Partial<Failure>;
    return new ApiFailure(response.status, body.error ?? fallback);
  } catch {
    return new ApiFailure(response.status, fallback);
  }
}

/** `fetch` below `/api`: rejects with an `ApiFailure` for every answer that is not a success. */
export async function apiFetch(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (init.method !== undefined && init.method !== 'GET') headers.set('x-keizu-csrf', csrf);
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiFailure(0, { code: 'unreachable', message: 'The server gives no answer.' });
  }
  if (response.ok) return response;
  const failure = await failureOf(response);
  if (response.status === 401 && !url.startsWith('/api/session')) signInWanted();
  throw failure;
}

async function json<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

export async function apiGet<Answer>(
  path: string,
  query?: Readonly<Record<string, QueryValue>>,
  signal?: AbortSignal,
): Promise<Answer> {
  return json(await apiFetch(apiPath(path, query), signal ? { signal } : {}));
}

export async function apiSend<Answer>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const init: RequestInit = { method };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  return json(await apiFetch(apiPath(path), init));
}
