import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { verifyWebhook } from './verify-webhook.ts';

const SECRET = `whsec_${btoa('a secret of thirty-two characters')}`;
const OLD_SECRET = `whsec_${btoa('the secret before it, just as long')}`;
const BODY = JSON.stringify({
  type: 'job.succeeded',
  timestamp: '2026-11-23T00:00:00Z',
  data: { job: 'job_1' },
});

function sign(secret: string, ageMs = 0): Headers {
  const at = new Date(Date.now() - ageMs);
  return new Headers({
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, BODY),
  });
}

describe('a webhook', () => {
  test('that the secret has signed is read', () => {
    expect(verifyWebhook(BODY, sign(SECRET), SECRET)).toMatchObject({
      type: 'job.succeeded',
      data: { job: 'job_1' },
    });
  });

  test('that both secrets have signed is read with either', () => {
    const headers = sign(SECRET);
    const both = `${sign(OLD_SECRET).get('webhook-signature')} ${headers.get('webhook-signature')}`;
    headers.set('webhook-signature', both);
    for (const secret of [SECRET, OLD_SECRET])
      expect(verifyWebhook(BODY, headers, secret).type).toBe('job.succeeded');
  });

  test('that was changed, signed by another, or is six minutes old is refused', () => {
    expect(() => verifyWebhook(`${BODY} `, sign(SECRET), SECRET)).toThrow();
    expect(() => verifyWebhook(BODY, sign(OLD_SECRET), SECRET)).toThrow();
    expect(() => verifyWebhook(BODY, sign(SECRET, 6 * 60_000), SECRET)).toThrow();
  });
});
