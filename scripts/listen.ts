import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Headwright } from '@headwright/client';
import { followEvents } from '@headwright/client/follow-events';
import { forwardEvent } from '@headwright/client/forward-event';
import { readCredentials } from './read-credentials.ts';

const HELP = `Usage: npm run listen -- --to URL [--events TYPE,…] [--secret whsec_…] [--url EDGE]

Posts the account's events to a program on this machine, as webhooks would be posted: for developing a receiver that
the API cannot reach. Each event goes once; nothing is tried again. The key comes from HEADWRIGHT_KEY and needs the scope
webhooks:manage, the address from HEADWRIGHT_URL or --url; without them, from .headwright of npm start.

  --to URL         such as http://127.0.0.1:3000/hooks
  --events TYPES   which; those of a new endpoint unless given
  --secret SECRET  signs; a fresh one is made and printed unless given
  --url EDGE       where the API is
`;

/** What an endpoint is not sent unless it asks. */
const UNASKED = new Set(['job.queued', 'job.running', 'job.canceling', 'endpoint.test']);

async function listen(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { to: text, events: text, secret: text, url: text } });
  if (values.to === undefined) throw new Error('expected --to URL');
  const credentials = readCredentials(values.url);
  const target = { url: values.to, secret: values.secret ?? `whsec_${randomBytes(32).toString('base64')}` };
  const types = values.events?.split(',');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const onStart = (): void => console.log(`Listening. Secret: ${target.secret}`);
  for await (const event of followEvents(new Headwright(credentials), {
    signal: stop.signal,
    onStart,
  })) {
    if (!(types?.includes(event.type) ?? !UNASKED.has(event.type))) continue;
    const outcome = await forwardEvent(event, target).catch((error: unknown) => String(error));
    console.log(`${event.type} ${event.id} → ${outcome}`);
  }
}

if (process.argv.includes('--help')) console.log(HELP);
else {
  try {
    await listen();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) {
      console.error(`listen: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    }
  }
}
