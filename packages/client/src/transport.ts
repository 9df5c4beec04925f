import type { Problem } from './generated/types.ts';
import { HeadwrightError } from './headwright-error.ts';

export interface HeadwrightOptions {
  /** `hk_live_…` or `hk_test_…`, or a client token. */
  apiKey: string;
  /** Where the API is, such as `https://api.example.com`. */
  baseUrl: string;
  /** How often a request is tried again; 4 unless said. */
  retryMax?: number;
  /** Pins the dated behavior of the API, such as `2026-12-01`; without it, the one of the key. */
  apiVersion?: string;
  /** These three are for tests. */
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
}

/** Options of one call. */
export interface CallOptions {
  /** Names a paid request, so that sending it twice pays once; a fresh one is made unless given. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** One call, as the generated operations describe it. */
export interface CallPlan {
  method: string;
  path: string;
  query?: object | undefined;
  body?: unknown;
  /** Whether the operation knows idempotency keys. */
  takesIdempotencyKey?: boolean;
}

const FIRST_DELAY_MS = 500;
const DELAY_MAX_MS = 30_000;

/** Sends requests, tries again what may be tried again, and throws problem documents as errors. */
export class Transport {
  readonly #options: HeadwrightOptions;

  constructor(options: HeadwrightOptions) {
    this.#options = options;
  }

  /** The JSON of an answer; undefined when it has no body. */
  protected async json<T>(plan: CallPlan, options: CallOptions = {}): Promise<T> {
    const text = await (await this.send(plan, options)).text();
    // The contract says what this is; the types of the operations are generated from it.
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** The answer as it came, for files and streams. */
  protected async send(plan: CallPlan, options: CallOptions = {}): Promise<Response> {
    const { retryMax = 4 } = this.#options;
    const request = this.#requestOf(plan, options);
    for (let attempt = 0; ; attempt += 1) {
      let response: Response | null = null;
      let cause: unknown;
      try {
        response = await (this.#options.fetch ?? fetch)(request.url, request.init);
      } catch (error) {
        options.signal?.throwIfAborted();
        cause = error;
      }
      if (response?.ok === true || response?.status === 304) return response;
      const error = response === null ? null : await errorOf(response);
      if (attempt >= retryMax || !mayRetry(plan, error)) throw error ?? cause;
      await this.#wait(attempt, response?.headers.get('Retry-After') ?? null);
      options.signal?.throwIfAborted();
    }
  }

  /** Waits some milliseconds, by the clock that the options gave. */
  protected sleep(ms: number): Promise<void> {
    const { sleep = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)) } = this.#options;
    return sleep(ms);
  }

  #requestOf(plan: CallPlan, options: CallOptions): { url: URL; init: RequestInit } {
    const url = new URL(plan.path, this.#options.baseUrl);
    for (const [name, value] of Object.entries(plan.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers(options.headers);
    headers.set('Authorization', `Bearer ${this.#options.apiKey}`);
    if (this.#options.apiVersion !== undefined) headers.set('API-Version', this.#options.apiVersion);
    if (plan.takesIdempotencyKey === true) {
      headers.set('Idempotency-Key', options.idempotencyKey ?? crypto.randomUUID());
    }
    const init: RequestInit = { method: plan.method, headers };
    if (options.signal !== undefined) init.signal = options.signal;
    if (plan.body !== undefined) {
      headers.set('Content-Type', 'application/json');
      init.body = JSON.stringify(plan.body);
    }
    return { url, init };
  }

  /** Exponential, with jitter, and never before the server wants. */
  #wait(attempt: number, retryAfter: string | null): Promise<void> {
    const { random = Math.random } = this.#options;
    const delayMs = Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** attempt) * (0.5 + 0.5 * random());
    const askedMs = Number(retryAfter ?? 0) * 1000;
    return this.sleep(Math.max(delayMs, Number.isFinite(askedMs) ? askedMs : 0));
  }
}

async function errorOf(response: Response): Promise<HeadwrightError> {
  const requestId = response.headers.get('Request-Id');
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json') === true;
  const text = await response.text();
  // Only the API sends this media type, and its contract says what it holds.
  const problem = isProblem ? (JSON.parse(text) as Problem) : null;
  return new HeadwrightError(response.status, requestId, problem);
}

/**
 * Whether trying again is safe and may help. What was refused before anything happened (429, 503, a request with the
 * same key in flight) always is; a lost or broken answer is when a second request does no more than the first.
 */
function mayRetry(plan: CallPlan, error: HeadwrightError | null): boolean {
  if (error !== null) {
    if (error.problem?.retryable === false) return false;
    if (error.status === 429 || error.status === 503) return true;
    if (error.status === 409) return error.code.startsWith('idempotency.');
    if (error.status < 500) return false;
  }
  return plan.takesIdempotencyKey === true || plan.method !== 'POST';
}
