import type { AccountEventType } from '@headwright/shared/event-types';
import type { AccountEventData } from '@headwright/shared/api/event-data';

/** What a mail about an event says; null for events that nobody is mailed about. */
export function writeMail(
  type: AccountEventType,
  data: AccountEventData,
): { subject: string; text: string } | null {
  if (type === 'endpoint.disabled' && 'reason' in data) {
    const why =
      data.reason === 'gone' ? 'It answered 410 Gone.' : 'Every attempt of the last five days has failed.';
    return {
      subject: 'A webhook endpoint was disabled',
      text: `${why} It is sent nothing any more: ${data.endpoint}

What it missed is kept. GET ${data.urls.endpoint}/deliveries shows the log; PATCH ${data.urls.endpoint} with {"status": "enabled"}
starts afresh, and POST ${data.urls.endpoint}/redeliver with {"since": "…"} sends again what it missed.
`,
    };
  }
  if (type === 'usage.threshold' && 'percent' in data) {
    return {
      subject: `${data.percent} percent of the monthly cap are committed`,
      text: `In ${data.month} your jobs have committed ${data.committed} of ${data.cap ?? 0} (in cents of a US dollar). At the cap new jobs are
refused with billing.cap_reached. GET /v1/limits shows where you stand, PUT /v1/limits changes the cap.
`,
    };
  }
  return null;
}
