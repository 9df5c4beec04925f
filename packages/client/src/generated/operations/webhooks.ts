// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  CreateWebhookEndpointRequest,
  Delivery,
  DeliveryList,
  Event,
  EventList,
  EventType,
  RedeliverEventRequest,
  RedeliverEventResponse,
  RedeliverMissedRequest,
  RedeliverMissedResponse,
  UpdateWebhookEndpointRequest,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointWithSecret,
} from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { BillingOperations } from './billing.ts';

/** Endpoints that are told, and the events that they are told of. */
export class WebhooksOperations extends BillingOperations {
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
      /** Goes on behind this one: the last of the page before. */
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

  /** Send again what was missed. Of the time since an instant, what the endpoint wants and never took: deliveries that failed or were dropped, and events from while it was disabled or not there yet. At most 1,000 at a time. */
  redeliverMissedEvents(
    id: string,
    body: RedeliverMissedRequest,
    options: CallOptions = {},
  ): Promise<RedeliverMissedResponse> {
    return this.json<RedeliverMissedResponse>(
      { method: 'POST', path: `/v1/webhook_endpoints/${encodeURIComponent(id)}/redeliver`, body },
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
      /** Goes on behind this one: the last of the page before. */
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
      /** Goes on behind this one: the last of the page before. */
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
}
