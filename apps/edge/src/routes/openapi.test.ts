import { describe, expect, test } from 'vitest';
import type { OpenApiDocument } from '../http/openapi-document.ts';
import { makeClient } from '../test/client.ts';
import { ROUTES } from './index.ts';

const anyone = makeClient(null);

async function readDocument(): Promise<OpenApiDocument> {
  return (await anyone('GET', '/v1/openapi.json')).json();
}

/** Every value of `$ref` below a value. */
function refsBelow(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsBelow(inner),
  );
}

describe('the OpenAPI document', () => {
  test('has every public route once, and no private one', async () => {
    const { paths } = await readDocument();
    const written = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = ROUTES.filter(({ path }) => !/^\/(runner|hooks|local|operator)\//.test(path)).map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`,
    );
    expect(written.toSorted()).toEqual(routes.toSorted());
  });

  test('names every operation differently', async () => {
    const { paths } = await readDocument();
    const names = Object.values(paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('describes every part of a path that varies', async () => {
    const { paths } = await readDocument();
    for (const [path, item] of Object.entries(paths)) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      for (const { operationId, parameters } of Object.values(item)) {
        const described = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect(described.toSorted(), operationId).toEqual(parts.toSorted());
      }
    }
  });

  test('refers only to what it has', async () => {
    const document = await readDocument();
    const names = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    const refs = refsBelow(document);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) expect(names).toContain(ref);
  });

  test('is answered with 304 to whoever has it, and stays the same', async () => {
    const first = await anyone('GET', '/v1/openapi.json');
    const etag = first.headers.get('ETag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    const again = await anyone('GET', '/v1/openapi.json', { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect((await anyone('GET', '/v1/openapi.json')).headers.get('ETag')).toBe(etag);
  });
});
