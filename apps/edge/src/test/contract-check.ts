import { ERROR_CODES } from '@headwright/shared/error-codes';
import { Problem } from '@headwright/shared/api/problem';
import { expect } from 'vitest';
import type { Route } from '../http/route.ts';
import { problemsOf } from '../http/problems-of.ts';
import { ROUTES } from '../routes/index.ts';

const PATTERNS = ROUTES.map((route) => {
  const pattern = route.path
    .replaceAll('.', String.raw`\.`)
    .replace(/:\w+(\{[^}]*\})?/g, (_, rest) => (rest ? '.+' : '[^/]+'));
  return { route, pattern: new RegExp(`^${pattern}$`) };
});

/** Headers that come with every answer that documents them without saying when they are absent. */
const UNCONDITIONAL_HEADERS = new Set(['Location', 'ETag', 'Content-Range', 'Accept-Ranges']);

const seen = new Set<string>();

/** The route that a request reaches, null when there is none. */
function findRoute(method: string, path: string): Route | null {
  const { pathname } = new URL(path, 'https://edge.test');
  const asked = method === 'HEAD' ? 'GET' : method;
  return (
    PATTERNS.find(({ route, pattern }) => route.method === asked && pattern.test(pathname))?.route ?? null
  );
}

/**
 * Holds an answer against the contract of its route: a status that is not documented, a code that is not, and a field
 * that is not, each fail the test that asked.
 */
export async function checkContract(method: string, path: string, response: Response): Promise<void> {
  const route = findRoute(method, path);
  if (route?.contract === undefined) return;
  const { operation, responses } = route.contract;
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? null;
  expect(response.headers.get('Request-Id'), `${operation} names its request`).toMatch(/^req_/);
  if (type === 'application/problem+json') {
    seen.add(`${operation} ${response.status}`);
    if (method === 'HEAD') return;
    const { code } = Problem.parse(await response.clone().json());
    expect(problemsOf(route), `${operation} documents its problems`).toContain(code);
    return;
  }
  seen.add(`${operation} ${response.status}`);
  const promised = responses[response.status];
  if (promised === undefined)
    throw new Error(`${operation}: expected a documented status, got ${response.status}`);
  for (const [name, meaning] of Object.entries(promised.headers ?? {})) {
    if (UNCONDITIONAL_HEADERS.has(name) && !meaning.includes('absent'))
      expect(response.headers.has(name), `${operation} sends ${name}`).toBe(true);
  }
  const isJson = (promised.contentType ?? 'application/json') === 'application/json';
  if (type === 'text/html' && promised.hasPage === true) return;
  if (method === 'HEAD' || promised.schema === undefined || !isJson) return;
  expect(type, operation).toBe('application/json');
  const body: unknown = await response.clone().json();
  expect(promised.schema.parse(body), `${operation} documents its fields`).toEqual(body);
}

/** What was seen since the last call, as `operation status`. */
export function takeSeenResponses(): string[] {
  const taken = [...seen];
  seen.clear();
  return taken;
}

/** Everything that is documented, as `operation status`. */
export function documentedResponses(): string[] {
  return ROUTES.flatMap((route) => {
    if (route.contract === undefined) return [];
    const { operation, responses } = route.contract;
    const statuses = new Set([
      ...Object.keys(responses).map(Number),
      ...problemsOf(route).map((code) => ERROR_CODES[code].status),
    ]);
    return [...statuses].map((status) => `${operation} ${status}`);
  });
}
