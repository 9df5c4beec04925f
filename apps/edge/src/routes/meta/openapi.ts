import { z } from 'zod';
import { etagResponse } from '../../http/etag-response.ts';
import { buildOpenApi } from '../../http/openapi.ts';
import type { Route } from '../../http/route.ts';

/** GET /v1/openapi.json: the contracts of these routes, and its own. Built at the first request of an isolate. */
export function openApiRoute(routes: readonly Route[]): Route {
  let text: string | undefined;
  const route: Route = {
    method: 'GET',
    path: '/v1/openapi.json',
    credential: 'none',
    handler: (c) => {
      text ??= JSON.stringify(buildOpenApi([...routes, route]));
      return etagResponse(c.req.raw, text, 'application/json');
    },
    contract: {
      operation: 'getOpenApi',
      tag: 'Meta',
      summary: 'This document',
      description: 'OpenAPI 3.1. Its `ETag` changes when the API does.',
      responses: {
        200: {
          description: 'The document.',
          schema: z.looseObject({ openapi: z.string() }),
          headers: { ETag: 'Digest of the document.' },
        },
        304: { description: 'It is as you know it.' },
      },
    },
  };
  return route;
}
