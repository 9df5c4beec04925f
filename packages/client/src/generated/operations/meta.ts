// Written by `npm run generate` from the contracts of the routes; edit those.
import type { ErrorMeaning, ErrorMeaningList, Health, ModelList, Status } from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { AccountOperations } from './account.ts';

/** Health, errors, models, and this document. */
export class MetaOperations extends AccountOperations {
  /** Whether the edge answers. */
  getHealth(options: CallOptions = {}): Promise<Health> {
    return this.json<Health>({ method: 'GET', path: '/healthz' }, options);
  }

  /** How the service is. Needs no key, and is at most ten seconds old. Browsers get a page. */
  getStatus(options: CallOptions = {}): Promise<Status> {
    return this.json<Status>({ method: 'GET', path: '/v1/status' }, options);
  }

  /** List all error codes. The list is closed. Browsers get a page. */
  listErrors(options: CallOptions = {}): Promise<ErrorMeaningList> {
    return this.json<ErrorMeaningList>({ method: 'GET', path: '/v1/errors' }, options);
  }

  /** What an error code means. A problem’s `type` leads here. Browsers get a page. */
  getError(code: string, options: CallOptions = {}): Promise<ErrorMeaning> {
    return this.json<ErrorMeaning>(
      { method: 'GET', path: `/v1/errors/${encodeURIComponent(code)}` },
      options,
    );
  }

  /** List models and prices. Each alias with its versions and how they stand. Needs no key. */
  listModels(options: CallOptions = {}): Promise<ModelList> {
    return this.json<ModelList>({ method: 'GET', path: '/v1/models' }, options);
  }

  /** This document. OpenAPI 3.1. Its `ETag` changes when the API does. */
  getOpenApi(options: CallOptions = {}): Promise<{
    openapi: string;
  }> {
    return this.json<{
      openapi: string;
    }>({ method: 'GET', path: '/v1/openapi.json' }, options);
  }
}
