import { WebhookPayload } from '@headwright/shared/api/webhook-payloads';
import { Webhook } from 'standardwebhooks';
import { expect, vi } from 'vitest';
import type { Outbound, OutboundPost, OutboundResult } from '../ports/outbound/interface.ts';
import type { Resolver } from '../ports/resolver/interface.ts';

/** An answer with this status. */
export const answer = (status: number, more: Partial<OutboundResult> = {}): OutboundResult =>
  Object.assign(
    { kind: 'answered', status, location: null, retryAfter: null, excerpt: '' } satisfies OutboundResult,
    more,
  );

/** A customer's server: keeps what it was sent, and answers what the test says. */
export function makeSink(reply: (post: OutboundPost, count: number) => OutboundResult = () => answer(204)) {
  const posts: OutboundPost[] = [];
  const outbound: Outbound = async (post) => {
    posts.push(post);
    return reply(post, posts.length);
  };
  return { posts, outbound };
}

/** Names and their addresses. */
export function makeResolver(table: Readonly<Record<string, string[]>>): Resolver {
  return async (hostname) => {
    const addresses = table[hostname];
    if (addresses === undefined) throw new Error(`no answer about ${hostname}`);
    return addresses;
  };
}

/** What a receiver does: the official library checks signature and age, by the receiver's clock. */
export function verify(secret: string, post: OutboundPost, atMs = Date.now()): WebhookPayload {
  vi.useFakeTimers({ toFake: ['Date'], now: atMs });
  try {
    const body = new Webhook(secret).verify(post.body, post.headers);
    const payload = WebhookPayload.parse(body);
    expect(payload, 'the document has every field that is sent').toEqual(body);
    return payload;
  } finally {
    vi.useRealTimers();
  }
}
