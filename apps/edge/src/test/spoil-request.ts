import type { CallOptions } from './client.ts';
import type { SampleRequest } from './operations.ts';
import { pick } from './sample-of-schema.ts';

/** A request as a client might garble it. */
export interface SpoiledRequest {
  method: string;
  path: string;
  options: CallOptions;
}

const STRANGE_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.5,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '👩🏽‍🚀'.repeat(400),
  "'; drop table heads; --",
  '${7*7}',
  '../../etc/passwd',
  [],
  {},
  [[[[]]]],
  { __proto__: null, constructor: 1 },
  'a'.repeat(5000),
];
const STRANGE_HEADERS: readonly Record<string, string>[] = [
  { 'Content-Type': 'text/plain' },
  { 'Content-Type': 'application/json; charset=utf-16' },
  { 'Idempotency-Key': 'x'.repeat(300) },
  { 'Idempotency-Key': ' ' },
  { 'API-Version': 'yesterday' },
  { Prefer: 'wait=-1, ;;' },
  { Range: 'bytes=9-1,5-' },
  { 'If-None-Match': '*' },
  { 'Last-Event-ID': '-1' },
  { 'Last-Event-ID': '99999999999' },
  { Authorization: 'Bearer hk_test_x' },
  { Authorization: 'Basic eDp5' },
  { Origin: 'null' },
];
const STRANGE_BODIES = [
  '',
  '{',
  '[]',
  'null',
  '"x"',
  '{"prompt":',
  '\ufeff{}',
  '{"__proto__":{}}',
  `[${'['.repeat(2000)}`,
];
const STRANGE_PARTS = ['%00', '%2e%2e', 'head_', '%F0%9F%98%80', 'x'.repeat(3000), '%', '%ff', '.'];
const STRANGE_QUERIES = [
  'limit=-1',
  'limit=1e9',
  'limit=',
  'starting_after=x',
  'starting_after=%00',
  'nothing=1',
  'limit=1&limit=2',
  '%',
];

/** One field of a body, replaced by something that it should not be. */
function spoilBody(random: () => number, json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return pick(random, STRANGE_VALUES);
  const name = pick(random, [...Object.keys(json), 'unknown_field', '__proto__']);
  return { ...json, [name]: pick(random, STRANGE_VALUES) };
}

/** A valid request with one thing wrong. */
export function spoilRequest({ method, path, json }: SampleRequest, random: () => number): SpoiledRequest {
  const options: CallOptions = json === undefined ? {} : { json };
  const kind = pick(
    random,
    json === undefined ? ['part', 'query', 'header'] : ['field', 'body', 'part', 'header'],
  );
  switch (kind) {
    case 'field':
      return { method, path, options: { json: spoilBody(random, json) } };
    case 'body':
      return {
        method,
        path,
        options: { body: pick(random, STRANGE_BODIES), headers: { 'Content-Type': 'application/json' } },
      };
    case 'header':
      return { method, path, options: { ...options, headers: pick(random, STRANGE_HEADERS) } };
    case 'query':
      return { method, path: `${path.split('?')[0]}?${pick(random, STRANGE_QUERIES)}`, options };
    default:
      return { method, path: path.replace(/[^/]+$/, pick(random, STRANGE_PARTS)), options };
  }
}
