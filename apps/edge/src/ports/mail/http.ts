import { within } from '../within.ts';
import type { Mailer } from './interface.ts';

/** A service that takes mails as JSON, and what it knows us by. */
export interface MailSettings {
  url: string;
  key: string;
  from: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Mails by an HTTP service that takes `{from, to, subject, text}` with a bearer key, as Resend does; others need a relay
 * of a few lines.
 *
 * References: resend.com/docs/api-reference/emails/send-email.
 */
export const mailByHttp =
  ({ url, key, from }: MailSettings): Mailer =>
  ({ id, ...mail }) =>
    within(TIMEOUT_MS, async (signal) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': id,
        },
        body: JSON.stringify({ from, ...mail }),
        signal,
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`mailByHttp: expected 2xx, got ${response.status}`);
    });
