// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  ApiKey,
  ApiKeyWithSecret,
  ClientToken,
  ClientTokenList,
  ClientTokenWithSecret,
  CreateClientTokenRequest,
  CreateHeadRequest,
  CreateHeadResponse,
  CreateKeyRequest,
  CreateRevisionRequest,
  CreateRevisionResponse,
  ErrorMeaning,
  Head,
  Health,
  Job,
  KeyList,
  Revision,
  RevisionList,
  RotateKeyRequest,
  UpdateKeyRequest,
} from './types.ts';
import { type CallOptions, Transport } from '../transport.ts';

/** One method for each operation of the API, named as in its OpenAPI document. */
export class Operations extends Transport {
  /** Whether the edge answers. */
  getHealth(options: CallOptions = {}): Promise<Health> {
    return this.json<Health>({ method: 'GET', path: '/healthz' }, options);
  }

  /** What an error code means. A problem’s `type` leads here. */
  getError(code: string, options: CallOptions = {}): Promise<ErrorMeaning> {
    return this.json<ErrorMeaning>(
      { method: 'GET', path: `/v1/errors/${encodeURIComponent(code)}` },
      options,
    );
  }

  /** Make a head. Starts a job that makes a head from words. Follow `job.urls.events`, or poll `job.urls.self`. */
  createHead(body: CreateHeadRequest, options: CallOptions = {}): Promise<CreateHeadResponse> {
    return this.json<CreateHeadResponse>(
      { method: 'POST', path: '/v1/heads', body, takesIdempotencyKey: true },
      options,
    );
  }

  /** Read a head. */
  getHead(id: string, options: CallOptions = {}): Promise<Head> {
    return this.json<Head>({ method: 'GET', path: `/v1/heads/${encodeURIComponent(id)}` }, options);
  }

  /** Fetch a file of a head. The file of the current revision, or of the one that `revision` names; such a file never changes. */
  getFile(
    id: string,
    name: string,
    query: {
      revision?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<Response> {
    return this.send(
      {
        method: 'GET',
        path: `/v1/heads/${encodeURIComponent(id)}/file/${name.split('/').map(encodeURIComponent).join('/')}`,
        query,
      },
      options,
    );
  }

  /** List the revisions of a head. */
  listRevisions(
    id: string,
    query: {
      limit?: number;
      /** Goes on behind this revision: the last one of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<RevisionList> {
    return this.json<RevisionList>(
      { method: 'GET', path: `/v1/heads/${encodeURIComponent(id)}/revisions`, query },
      options,
    );
  }

  /** Edit a head by words. Starts a job that changes the shape or the colors of a finished head and keeps the rest. One edit at a time. */
  createRevision(
    id: string,
    body: CreateRevisionRequest,
    options: CallOptions = {},
  ): Promise<CreateRevisionResponse> {
    return this.json<CreateRevisionResponse>(
      {
        method: 'POST',
        path: `/v1/heads/${encodeURIComponent(id)}/revisions`,
        body,
        takesIdempotencyKey: true,
      },
      options,
    );
  }

  /** Read a revision. */
  getRevision(id: string, revisionId: string, options: CallOptions = {}): Promise<Revision> {
    return this.json<Revision>(
      {
        method: 'GET',
        path: `/v1/heads/${encodeURIComponent(id)}/revisions/${encodeURIComponent(revisionId)}`,
      },
      options,
    );
  }

  /** Read a job. */
  getJob(id: string, options: CallOptions = {}): Promise<Job> {
    return this.json<Job>({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}` }, options);
  }

  /** Follow a job. Server-sent events: `snapshot` first, then `job` for each transition (its `id` is the sequence number) and `progress` in between (without an id). The data of each is a `JobEvent`. A comment every 15 seconds says that the stream lives; it ends with the job. */
  streamEvents(id: string, options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}/events` }, options);
  }

  /** See a head in the making. */
  getPreview(id: string, options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}/preview` }, options);
  }

  /** Cancel a job. At any state; a job that has ended stays as it is. A canceled job costs nothing. */
  cancelJob(id: string, options: CallOptions = {}): Promise<Job> {
    return this.json<Job>({ method: 'POST', path: `/v1/jobs/${encodeURIComponent(id)}/cancel` }, options);
  }

  /** List API keys. */
  listKeys(
    query: {
      limit?: number;
      /** Goes on behind this key: the last one of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<KeyList> {
    return this.json<KeyList>({ method: 'GET', path: '/v1/keys', query }, options);
  }

  /** Make an API key. The new key belongs to the mode of the key that asks, and can have no scope, later end or higher cap than that one. Its secret is shown this once. */
  createKey(body: CreateKeyRequest, options: CallOptions = {}): Promise<ApiKeyWithSecret> {
    return this.json<ApiKeyWithSecret>({ method: 'POST', path: '/v1/keys', body }, options);
  }

  /** Read an API key. */
  getKey(id: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.json<ApiKey>({ method: 'GET', path: `/v1/keys/${encodeURIComponent(id)}` }, options);
  }

  /** Change an API key. Name, scopes, end and cap; what is left out stays. A key can give only what it has itself. A change reaches every part of the world within 5 seconds. */
  updateKey(id: string, body: UpdateKeyRequest, options: CallOptions = {}): Promise<ApiKey> {
    return this.json<ApiKey>({ method: 'PATCH', path: `/v1/keys/${encodeURIComponent(id)}`, body }, options);
  }

  /** Revoke an API key. Ends the key for good; calling it again changes nothing. From this moment it can start no job and its client tokens are refused; where it was used a moment ago it may still read for up to 5 seconds. */
  revokeKey(id: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.json<ApiKey>({ method: 'POST', path: `/v1/keys/${encodeURIComponent(id)}/revoke` }, options);
  }

  /** Rotate an API key. Gives the key a new secret and lets the old one work on for `overlap_s` seconds. The key stays the same key: id, cap, usage and client tokens go on. */
  rotateKey(id: string, body: RotateKeyRequest, options: CallOptions = {}): Promise<ApiKeyWithSecret> {
    return this.json<ApiKeyWithSecret>(
      { method: 'POST', path: `/v1/keys/${encodeURIComponent(id)}/rotate`, body },
      options,
    );
  }

  /** List client tokens. */
  listClientTokens(
    query: {
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
      limit?: number;
      /** Goes on behind this token: the last one of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<ClientTokenList> {
    return this.json<ClientTokenList>({ method: 'GET', path: '/v1/client_tokens', query }, options);
  }

  /** Mint a client token. A short-lived credential for an app on somebody’s phone. It can do only what `allow` says and its key may, everything it does is counted under `end_user`, and it dies at the next request after its key was revoked. Browsers of any origin may read answers to client tokens. */
  createClientToken(
    body: CreateClientTokenRequest,
    options: CallOptions = {},
  ): Promise<ClientTokenWithSecret> {
    return this.json<ClientTokenWithSecret>({ method: 'POST', path: '/v1/client_tokens', body }, options);
  }

  /** Read a client token. */
  getClientToken(id: string, options: CallOptions = {}): Promise<ClientToken> {
    return this.json<ClientToken>(
      { method: 'GET', path: `/v1/client_tokens/${encodeURIComponent(id)}` },
      options,
    );
  }

  /** Revoke a client token. Ends the token: its next request is refused. Calling it again changes nothing. */
  revokeClientToken(id: string, options: CallOptions = {}): Promise<ClientToken> {
    return this.json<ClientToken>(
      { method: 'POST', path: `/v1/client_tokens/${encodeURIComponent(id)}/revoke` },
      options,
    );
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
