// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  Account,
  ApiKey,
  ApiKeyWithSecret,
  AppealRequest,
  Asset,
  Balance,
  Checkout,
  CheckoutRequest,
  ClientToken,
  ClientTokenList,
  ClientTokenWithSecret,
  CreateClientTokenRequest,
  CreateHeadRequest,
  CreateHeadResponse,
  CreateKeyRequest,
  CreateRevisionRequest,
  CreateRevisionResponse,
  CreateWebhookEndpointRequest,
  DeletedAccount,
  DeletedHead,
  Delivery,
  DeliveryList,
  ErrorMeaning,
  Event,
  EventList,
  EventType,
  Head,
  HeadList,
  Health,
  Job,
  JobList,
  JobStatus,
  KeyList,
  LedgerList,
  Limits,
  ModelList,
  ModerationCheck,
  ModerationCheckRequest,
  ModerationFlag,
  ModerationFlagList,
  Portal,
  PortalRequest,
  Quote,
  QuoteRequest,
  RedeliverEventRequest,
  RedeliverEventResponse,
  Revision,
  RevisionList,
  RotateKeyRequest,
  SetLimitsRequest,
  UpdateHeadRequest,
  UpdateKeyRequest,
  UpdateWebhookEndpointRequest,
  Usage,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointWithSecret,
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

  /** List heads. */
  listHeads(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
      /** Of the job that made the current revision, or shall make the first. */
      status?: JobStatus;
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
      /** Created at this instant or later. */
      'created[gte]'?: string;
      /** Created later than this instant. */
      'created[gt]'?: string;
      /** Created at this instant or earlier. */
      'created[lte]'?: string;
      /** Created earlier than this instant. */
      'created[lt]'?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<HeadList> {
    return this.json<HeadList>({ method: 'GET', path: '/v1/heads', query }, options);
  }

  /** Change name or metadata. Changes your own facts about a head. What is not named stays as it is. */
  updateHead(id: string, body: UpdateHeadRequest, options: CallOptions = {}): Promise<Head> {
    return this.json<Head>({ method: 'PATCH', path: `/v1/heads/${encodeURIComponent(id)}`, body }, options);
  }

  /** Delete a head. Deletes the head with all revisions and files, cancels its open job, and erases its words everywhere. Its jobs stay, without words, since they were paid for. Deleting it again changes nothing. */
  deleteHead(id: string, options: CallOptions = {}): Promise<DeletedHead> {
    return this.json<DeletedHead>({ method: 'DELETE', path: `/v1/heads/${encodeURIComponent(id)}` }, options);
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

  /** List jobs. */
  listJobs(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
      status?: JobStatus;
      kind?: 'head' | 'geometry_edit' | 'texture_edit';
      head_id?: string;
      /** Created at this instant or later. */
      'created[gte]'?: string;
      /** Created later than this instant. */
      'created[gt]'?: string;
      /** Created at this instant or earlier. */
      'created[lte]'?: string;
      /** Created earlier than this instant. */
      'created[lt]'?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<JobList> {
    return this.json<JobList>({ method: 'GET', path: '/v1/jobs', query }, options);
  }

  /** Read a job. Answers at once, or with `wait` when the job has ended. The status is 200 in either case. */
  getJob(
    id: string,
    query: {
      /** Answers when the job has ended, or after so many seconds. `Prefer: wait=N` says the same. */
      wait?: number;
    } = {},
    options: CallOptions = {},
  ): Promise<Job> {
    return this.json<Job>({ method: 'GET', path: `/v1/jobs/${encodeURIComponent(id)}`, query }, options);
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

  /** Read an asset. What a file is, and a fresh signed link to its bytes that lasts an hour and needs no key: give it to a phone or a viewer. */
  getAsset(id: string, options: CallOptions = {}): Promise<Asset> {
    return this.json<Asset>({ method: 'GET', path: `/v1/assets/${encodeURIComponent(id)}` }, options);
  }

  /** Go to an asset’s bytes. */
  getAssetContent(id: string, options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/v1/assets/${encodeURIComponent(id)}/content` }, options);
  }

  /** Read a file by signed link. The address in an asset’s `url`. It needs no key, works in pages of any origin, and serves ranges (`Range`, `If-Range`) and revalidation (`If-None-Match`). */
  getLinkedFile(
    id: string,
    sha256: string,
    name: string,
    query: {
      /** Seconds since 1970. */
      expires: string;
      /** Which of our keys signed. */
      key: string;
      /** HMAC-SHA-256 of the path and the expiry. */
      signature: string;
    },
    options: CallOptions = {},
  ): Promise<Response> {
    return this.send(
      {
        method: 'GET',
        path: `/files/${encodeURIComponent(id)}/${encodeURIComponent(sha256)}/${name.split('/').map(encodeURIComponent).join('/')}`,
        query,
      },
      options,
    );
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

  /** List models and prices. Needs no key. */
  listModels(options: CallOptions = {}): Promise<ModelList> {
    return this.json<ModelList>({ method: 'GET', path: '/v1/models' }, options);
  }

  /** Ask what a job costs. Free, and reserves nothing. Send `max_cost` with the job to be sure of the price. */
  createQuote(body: QuoteRequest, options: CallOptions = {}): Promise<Quote> {
    return this.json<Quote>({ method: 'POST', path: '/v1/quotes', body }, options);
  }

  /** Read the balance. In the mode of the key: test and live money never meet. */
  getBalance(options: CallOptions = {}): Promise<Balance> {
    return this.json<Balance>({ method: 'GET', path: '/v1/balance' }, options);
  }

  /** List the ledger. Every movement of money. Entries are only ever added. */
  listLedgerEntries(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
      kind?: 'hold' | 'capture' | 'release' | 'refund' | 'credit' | 'withdrawal' | 'dispute' | 'dispute_won';
      job_id?: string;
      /** Created at this instant or later. */
      'created[gte]'?: string;
      /** Created later than this instant. */
      'created[gt]'?: string;
      /** Created at this instant or earlier. */
      'created[lte]'?: string;
      /** Created earlier than this instant. */
      'created[lt]'?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<LedgerList> {
    return this.json<LedgerList>({ method: 'GET', path: '/v1/ledger', query }, options);
  }

  /** Read the usage of a month. What was captured, by day, kind, key or end user. */
  getUsage(
    query: {
      /** This month unless given. */
      month?: string;
      /** What the parts are; `day` unless given. */
      group_by?: 'day' | 'kind' | 'key' | 'end_user';
      /** Only what was made for this end user. */
      end_user?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<Usage> {
    return this.json<Usage>({ method: 'GET', path: '/v1/usage', query }, options);
  }

  /** Read the limits. */
  getLimits(options: CallOptions = {}): Promise<Limits> {
    return this.json<Limits>({ method: 'GET', path: '/v1/limits' }, options);
  }

  /** Set the hard monthly cap. Exact: checked in the transaction that accepts a job, against all that this month’s jobs cost or may still cost. */
  setLimits(body: SetLimitsRequest, options: CallOptions = {}): Promise<Limits> {
    return this.json<Limits>({ method: 'PUT', path: '/v1/limits', body }, options);
  }

  /** Buy credit. A test key buys test credit, which costs nothing. */
  createCheckout(body: CheckoutRequest, options: CallOptions = {}): Promise<Checkout> {
    return this.json<Checkout>({ method: 'POST', path: '/v1/billing/checkout', body }, options);
  }

  /** Open the payment portal. Invoices and means of payment, on a page of the payment provider. */
  createPortal(body: PortalRequest, options: CallOptions = {}): Promise<Portal> {
    return this.json<Portal>({ method: 'POST', path: '/v1/billing/portal', body }, options);
  }

  /** Read the account. */
  getAccount(options: CallOptions = {}): Promise<Account> {
    return this.json<Account>({ method: 'GET', path: '/v1/account' }, options);
  }

  /** Delete the account. Revokes all keys, stops webhooks, and erases all heads with their files and words, in both modes; large accounts take some minutes. The ledger stays, without names. Only a live key can do this, and nobody can undo it. */
  deleteAccount(
    query: {
      /** The id of the account, so that nobody deletes one by accident. */
      confirm: string;
    },
    options: CallOptions = {},
  ): Promise<DeletedAccount> {
    return this.json<DeletedAccount>({ method: 'DELETE', path: '/v1/account', query }, options);
  }

  /** Export everything. One JSON object a line: the account, then all heads, revisions and jobs in the mode of the key, each as the API shows it, with the addresses of its files. The last line has the object `export_end` and counts the others; an export without it was cut off. */
  exportAccount(options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'POST', path: '/v1/account/exports' }, options);
  }

  /** Add a webhook endpoint. Events of the mode of the key that asks are posted to it, signed as Standard Webhooks wants. The secret is shown this once. */
  createWebhookEndpoint(
    body: CreateWebhookEndpointRequest,
    options: CallOptions = {},
  ): Promise<WebhookEndpointWithSecret> {
    return this.json<WebhookEndpointWithSecret>(
      { method: 'POST', path: '/v1/webhook_endpoints', body },
      options,
    );
  }

  /** List webhook endpoints. */
  listWebhookEndpoints(
    query: {
      limit?: number;
      /** Goes on behind this one. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<WebhookEndpointList> {
    return this.json<WebhookEndpointList>({ method: 'GET', path: '/v1/webhook_endpoints', query }, options);
  }

  /** Read a webhook endpoint. */
  getWebhookEndpoint(id: string, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.json<WebhookEndpoint>(
      { method: 'GET', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}` },
      options,
    );
  }

  /** Change a webhook endpoint. */
  updateWebhookEndpoint(
    id: string,
    body: UpdateWebhookEndpointRequest,
    options: CallOptions = {},
  ): Promise<WebhookEndpoint> {
    return this.json<WebhookEndpoint>(
      { method: 'PATCH', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}`, body },
      options,
    );
  }

  /** Delete a webhook endpoint. Its secrets and its delivery log go with it. Events themselves stay. */
  deleteWebhookEndpoint(id: string, options: CallOptions = {}): Promise<void> {
    return this.json<void>(
      { method: 'DELETE', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}` },
      options,
    );
  }

  /** Send a test event. An event of the type `endpoint.test` goes to this endpoint alone, signed, tried and logged like any other. */
  testWebhookEndpoint(id: string, options: CallOptions = {}): Promise<Delivery> {
    return this.json<Delivery>(
      { method: 'POST', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}/test` },
      options,
    );
  }

  /** Rotate a webhook secret. For 24 hours requests are signed with the new secret and with the one before; a second rotation within that time ends the oldest at once. */
  rotateWebhookSecret(id: string, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.json<WebhookEndpointWithSecret>(
      { method: 'POST', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}/rotate_secret` },
      options,
    );
  }

  /** Read the delivery log. What the endpoint was sent, with every attempt and its answer. Kept for 30 days. */
  listWebhookDeliveries(
    id: string,
    query: {
      status?: 'pending' | 'succeeded' | 'failed' | 'dropped';
      limit?: number;
      /** Goes on behind this delivery. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<DeliveryList> {
    return this.json<DeliveryList>(
      { method: 'GET', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}/deliveries`, query },
      options,
    );
  }

  /** List events. Everything that happened to jobs and to the account in the mode of the key that asks, whether or not an endpoint was told. */
  listEvents(
    query: {
      type?: EventType;
      job_id?: string;
      limit?: number;
      /** Goes on behind this event. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<EventList> {
    return this.json<EventList>({ method: 'GET', path: '/v1/events', query }, options);
  }

  /** Read an event. */
  getEvent(id: string, options: CallOptions = {}): Promise<Event> {
    return this.json<Event>({ method: 'GET', path: `/v1/events/${encodeURIComponent(id)}` }, options);
  }

  /** Send an event again. Begins the schedule anew, whatever became of the event before. `webhook-id` stays the same, so that a receiver knows it again. An endpoint that is newer than the event gets it, too. */
  redeliverEvent(
    id: string,
    body: RedeliverEventRequest | undefined = undefined,
    options: CallOptions = {},
  ): Promise<RedeliverEventResponse> {
    return this.json<RedeliverEventResponse>(
      { method: 'POST', path: `/v1/events/${encodeURIComponent(id)}/redeliver`, body },
      options,
    );
  }

  /** Ask whether words are allowed. The same rules as those of a create, for nothing: no head, no charge, and no refusal is counted. It has a request limit of its own, `checks`. */
  checkModeration(body: ModerationCheckRequest, options: CallOptions = {}): Promise<ModerationCheck> {
    return this.json<ModerationCheck>({ method: 'POST', path: '/v1/moderation/checks', body }, options);
  }

  /** List what was refused. Each refusal counts toward the abuse limit for a day. The refused words are not kept. */
  listModerationFlags(
    query: {
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<ModerationFlagList> {
    return this.json<ModerationFlagList>({ method: 'GET', path: '/v1/moderation/flags', query }, options);
  }

  /** Read a refusal. */
  getModerationFlag(id: string, options: CallOptions = {}): Promise<ModerationFlag> {
    return this.json<ModerationFlag>(
      { method: 'GET', path: `/v1/moderation/flags/${encodeURIComponent(id)}` },
      options,
    );
  }

  /** Appeal against a refusal. An operator reads it; a refusal that is taken back counts no longer. */
  appealModerationFlag(id: string, body: AppealRequest, options: CallOptions = {}): Promise<ModerationFlag> {
    return this.json<ModerationFlag>(
      { method: 'POST', path: `/v1/moderation/flags/${encodeURIComponent(id)}/appeal`, body },
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
