import { buildOpenApi } from '../http/openapi.ts';
import type { Operation } from '../http/openapi-document.ts';
import { ROUTES } from '../routes/index.ts';
import { type SampleSource, sampleOf } from './sample-of-schema.ts';

export interface DocumentedOperation extends Operation {
  method: string;
  /** With its parts in braces. */
  path: string;
}

const document = buildOpenApi(ROUTES);

/** Schemas that operations refer to. */
export const COMPONENTS = document.components.schemas;

/** Every operation of the OpenAPI document. */
export const OPERATIONS: readonly DocumentedOperation[] = Object.entries(document.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);

/** The scope that a key needs, null where none is asked for. */
export function scopeOf({ security }: Operation): string | null {
  return security.flatMap((requirement) => requirement['apiKey'] ?? [])[0] ?? null;
}

export interface SampleRequest {
  method: string;
  path: string;
  /** Undefined when the operation takes no body. */
  json?: unknown;
}

const PATH_PARTS = new Map([
  ['name', 'head.glb'],
  ['code', 'input.invalid'],
  ['sha256', '0'.repeat(64)],
]);

/** A request that the document admits, about objects of the source. */
export function requestOf(operation: DocumentedOperation, source: SampleSource): SampleRequest {
  const { method, parameters, requestBody } = operation;
  let { path } = operation;
  const query = new URLSearchParams();
  for (const parameter of parameters) {
    // A long poll of a job that nobody moves would only wait.
    const value = () => (parameter.name === 'wait' ? '0' : String(sampleOf(parameter.schema, source)));
    if (parameter.in === 'path')
      path = path.replace(`{${parameter.name}}`, PATH_PARTS.get(parameter.name) ?? value());
    if (parameter.in === 'query' && (parameter.required || source.random() < 0.3))
      query.set(parameter.name, value());
  }
  const body = requestBody?.content?.['application/json'];
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query.toString()}`,
    ...(body === undefined ? {} : { json: sampleOf(body.schema, source) }),
  };
}
