import { API_VERSIONS } from '@headwright/shared/api-version';
import { ERROR_CODES, type ErrorCode } from '@headwright/shared/error-codes';
import { Problem } from '@headwright/shared/api/problem';
import { z } from 'zod';
import { type ResponseContract, TAGS } from './contract.ts';
import { DEPRECATION_HEADERS } from './deprecation-headers.ts';
import { SchemaCollector } from './json-schema.ts';
import type { Body, OpenApiDocument, Operation, Parameter } from './openapi-document.ts';
import { problemsOf } from './problems-of.ts';
import { webhooksOf } from './openapi-webhooks.ts';
import type { Route } from './route.ts';

const DESCRIPTION = `Words in, a textured 3D head out. A create answers at once with a head and a job; the job is followed by events,
polling or a webhook, and its files are fetched by their links.

Every error is a problem document (RFC 9457): branch on \`code\`, show \`detail\` to people. Fields that you do not know are to be
ignored: new ones are no breaking change. Every answer carries a \`Request-Id\`. Every GET answers HEAD too.`;

/** Headers of every answer to a key. References: draft-ietf-httpapi-ratelimit-headers. */
const ACCOUNT_HEADERS = Object.fromEntries(
  Object.entries({
    'RateLimit-Policy': 'What the account may do: requests a window, and jobs at a time.',
    RateLimit: 'What is left of that.',
    'API-Version': 'The dated version that was spoken.',
    ...DEPRECATION_HEADERS,
  }).map(([name, description]) => [name, { description, schema: { type: 'string' } as const }]),
);

/** Request header of every route that needs a key. */
const VERSION_PARAMETER: Parameter = {
  name: 'api-version',
  in: 'header',
  required: false,
  description: 'The dated version that the request speaks; without it, the one that its key is pinned to.',
  schema: { type: 'string', enum: [...API_VERSIONS] },
};

const REQUEST_ID = { description: 'Names this request in our logs.', schema: { type: 'string' } as const };

/** `/v1/heads/:id/file/:name{.+}` → `/v1/heads/{id}/file/{name}` */
export function toTemplate(path: string): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
}

function parametersOf(schema: z.ZodObject | undefined, place: Parameter['in'], collector: SchemaCollector) {
  return Object.entries(schema?.shape ?? {}).map(([name, field]): Parameter => {
    const { description, ...rest } = collector.convert(field, 'input');
    return {
      name,
      in: place,
      required: !z.safeParse(field, undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

function responseOf(
  response: ResponseContract,
  common: NonNullable<Body['headers']>,
  collector: SchemaCollector,
): Body {
  const { description, schema, contentType, hasPage, headers = {} } = response;
  const entries = Object.entries(headers).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' } as const },
  ]);
  return {
    description,
    headers: { ...common, ...Object.fromEntries(entries) },
    ...(schema === undefined
      ? contentType === undefined
        ? {}
        : { content: { [contentType]: { schema: { type: 'string' } } } }
      : {
          content: {
            [contentType ?? 'application/json']: { schema: collector.convert(schema, 'output') },
            ...(hasPage === true ? { 'text/html': { schema: { type: 'string' } } } : {}),
          },
        }),
  };
}

/** One response a status, which names the codes that share it. */
function problemResponses(
  codes: readonly ErrorCode[],
  headers: NonNullable<Body['headers']>,
  collector: SchemaCollector,
): Record<string, Body> {
  const problem = collector.convert(Problem, 'output');
  const responses: Record<string, Body> = {};
  for (const status of new Set(codes.map((code) => ERROR_CODES[code].status))) {
    const same = codes.filter((code) => ERROR_CODES[code].status === status);
    responses[status] = {
      description: same.map((code) => `\`${code}\`: ${ERROR_CODES[code].title}.`).join('\n\n'),
      headers,
      content: {
        'application/problem+json': { schema: { ...problem, properties: { code: { enum: same } } } },
      },
    };
  }
  return responses;
}

function operationOf(route: Route, collector: SchemaCollector): Operation | null {
  const { contract, credential, scope, forApps } = route;
  if (contract === undefined) return null;
  const { operation, tag, summary, description, body } = contract;
  const headers = { 'Request-Id': REQUEST_ID, ...(credential === 'account' ? ACCOUNT_HEADERS : {}) };
  const roles = scope === undefined ? [] : [scope];
  const succeeded = Object.entries(contract.responses).map(([status, response]) => [
    status,
    responseOf(response, headers, collector),
  ]);
  return {
    operationId: operation,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(contract.deprecated === undefined ? {} : { deprecated: true }),
    security:
      credential === 'none' ? [] : [{ apiKey: roles }, ...(forApps === true ? [{ clientToken: roles }] : [])],
    parameters: [
      ...parametersOf(contract.params, 'path', collector),
      ...parametersOf(contract.query, 'query', collector),
      ...parametersOf(contract.headers, 'header', collector),
      ...(credential === 'account' ? [VERSION_PARAMETER] : []),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !z.safeParse(body, undefined).success,
            content: { 'application/json': { schema: collector.convert(body, 'input') } },
          },
        }),
    responses: {
      ...Object.fromEntries(succeeded),
      ...problemResponses(problemsOf(route), headers, collector),
    },
  };
}

/**
 * The public API as an OpenAPI document, from the contracts of its routes.
 *
 * References: OpenAPI 3.1.1.
 */
export function buildOpenApi(routes: readonly Route[]): OpenApiDocument {
  const collector = new SchemaCollector();
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const operation = operationOf(route, collector);
    if (operation === null) continue;
    const template = toTemplate(route.path);
    paths[template] = { ...paths[template], [route.method.toLowerCase()]: operation };
  }
  // Before the components are read: they are collected here.
  const webhooks = webhooksOf(collector);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Headwright',
      version: '1',
      summary: 'Words in, a textured 3D head out.',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The edge that serves this document.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks,
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A key of a server, `hk_live_…` or `hk_test_…`, which has the scope that the operation names.',
        },
        clientToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A short-lived token of an app, minted by its server, which sees only what is its own.',
        },
      },
      schemas: collector.components,
    },
  };
}
