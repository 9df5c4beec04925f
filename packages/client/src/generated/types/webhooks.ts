// Written by `npm run generate` from the contracts of the routes; edit those.
import type { JobStatus } from './shared.ts';

export interface CreateWebhookEndpointRequest {
  /** Where events are posted to. https only, a public host, no user name, password or fragment. */
  url: string;
  /** For people; up to 200 characters. */
  description?: string;
  /** All but `job.running` unless given. */
  event_types?: SubscribableEventType[];
}

export interface Delivery {
  id: string;
  object: 'delivery';
  event_id: string;
  event_type: EventType;
  endpoint_id: string;
  /** `failed`: the last attempt of the schedule failed. `dropped`: the endpoint was disabled first. */
  status: 'pending' | 'succeeded' | 'failed' | 'dropped';
  next_attempt_at: string | null;
  /** The newest ten, oldest first. */
  attempts: DeliveryAttempt[];
  created_at: string;
  urls: {
    event: string;
    endpoint: string;
  };
}

export interface DeliveryAttempt {
  /** 1, 2, 3 … within the delivery; a redelivery goes on counting. */
  number: number;
  /** `unfinished`: under way, or lost in a restart. `redirected`: redirects are not followed. `refused_address`: the host is not public. */
  outcome:
    | 'unfinished'
    | 'delivered'
    | 'http_error'
    | 'redirected'
    | 'timed_out'
    | 'unresolved'
    | 'refused_address'
    | 'failed';
  status_code: number | null;
  /** What went wrong, in a sentence. */
  detail: string | null;
  /** The beginning of an answer that was no success, up to 500 characters. */
  response_excerpt: string | null;
  started_at: string;
  duration_ms: number | null;
}

export interface DeliveryList {
  object: 'list';
  data: Delivery[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface EndpointDisabledData {
  endpoint: string;
  /** `gone`: it answered 410. `failing`: every attempt of five days failed. */
  reason: 'gone' | 'failing';
  urls: {
    endpoint: string;
  };
}

export interface EndpointTestData {
  endpoint: string;
  urls: {
    endpoint: string;
  };
}

export interface Event {
  /** Also in the header `webhook-id` of each delivery. */
  id: string;
  object: 'event';
  type: EventType;
  /** Ids and addresses: of a job, or what the type of an account’s event says. */
  data: JobEventData | HeadDeletedData | UsageThresholdData | EndpointDisabledData | EndpointTestData;
  created_at: string;
  urls: {
    self: string;
    redeliver: string;
  };
}

export interface EventList {
  object: 'list';
  data: Event[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export type EventType =
  | 'job.queued'
  | 'job.running'
  | 'job.canceling'
  | 'job.succeeded'
  | 'job.failed'
  | 'job.rejected'
  | 'job.canceled'
  | 'job.expired'
  | 'head.deleted'
  | 'usage.threshold'
  | 'endpoint.disabled'
  | 'endpoint.test';

export interface HeadDeletedData {
  head: string;
  deleted_at: string;
}

export interface JobEventData {
  job: string;
  head: string;
  status: JobStatus;
  /** 1, 2, 3 … within the job, without holes: orders what arrives out of order. */
  sequence: number;
  urls: {
    job: string;
    head: string;
  };
}

export interface RedeliverEventRequest {
  /** To this endpoint, whatever it subscribed to. Otherwise to every enabled one that subscribed to the type. */
  endpoint_id?: string;
}

export interface RedeliverEventResponse {
  object: 'list';
  data: Delivery[];
  has_more: false;
}

export interface RedeliverMissedRequest {
  /** Events from this instant on, of the last 30 days. */
  since: string;
  /** And up to this one. */
  until?: string;
}

export interface RedeliverMissedResponse {
  object: 'redelivery';
  /** Deliveries that begin anew. */
  count: number;
  /** Whether more were missed: ask again. */
  has_more: boolean;
  urls: {
    endpoint: string;
    deliveries: string;
  };
}

export type SubscribableEventType =
  | 'job.succeeded'
  | 'job.failed'
  | 'job.rejected'
  | 'job.canceled'
  | 'job.expired'
  | 'head.deleted'
  | 'usage.threshold'
  | 'endpoint.disabled'
  | 'job.running';

export interface UpdateWebhookEndpointRequest {
  /** Where events are posted to. https only, a public host, no user name, password or fragment. */
  url?: string;
  description?: string | null;
  event_types?: SubscribableEventType[];
  /** `enabled` also forgives past failures. A disabled endpoint misses the events of that time. */
  status?: 'enabled' | 'disabled';
}

export interface UsageThresholdData {
  /** The part of the cap that is committed: 80 or 100. */
  percent: number;
  /** A calendar month in UTC: `2026-11`. */
  month: string;
  /** What the jobs of that month cost, or will if they succeed. */
  committed: number;
  /** The account’s own cap. */
  cap: number | null;
  /** ISO 4217 code in lower case. */
  currency: 'usd';
  urls: {
    limits: string;
  };
}

export interface WebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  event_types: SubscribableEventType[];
  status: 'enabled' | 'disabled';
  /** `gone`: it answered 410. `failing`: every attempt of five days failed. `asked`: its owner disabled it. */
  disabled_reason: 'gone' | 'failing' | 'asked' | null;
  /** The first failed attempt since the last one that succeeded. */
  failing_since: string | null;
  /** Until then requests are signed with the secret before the rotation, too. */
  previous_secret_expires_at: string | null;
  created_at: string;
  urls: {
    self: string;
    deliveries: string;
  };
}

export interface WebhookEndpointList {
  object: 'list';
  data: WebhookEndpoint[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface WebhookEndpointWithSecret {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  event_types: SubscribableEventType[];
  status: 'enabled' | 'disabled';
  /** `gone`: it answered 410. `failing`: every attempt of five days failed. `asked`: its owner disabled it. */
  disabled_reason: 'gone' | 'failing' | 'asked' | null;
  /** The first failed attempt since the last one that succeeded. */
  failing_since: string | null;
  /** Until then requests are signed with the secret before the rotation, too. */
  previous_secret_expires_at: string | null;
  created_at: string;
  urls: {
    self: string;
    deliveries: string;
  };
  /** `whsec_` and the signing key in base64, of Standard Webhooks. Shown this once. */
  secret: string;
}

export type WebhookPayload =
  | {
      type: 'job.queued';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.running';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.canceling';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.succeeded';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.failed';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.rejected';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.canceled';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'job.expired';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: JobEventData;
    }
  | {
      type: 'head.deleted';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: HeadDeletedData;
    }
  | {
      type: 'usage.threshold';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: UsageThresholdData;
    }
  | {
      type: 'endpoint.disabled';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: EndpointDisabledData;
    }
  | {
      type: 'endpoint.test';
      /** When it happened; `webhook-timestamp` is when this was sent. */
      timestamp: string;
      data: EndpointTestData;
    };
