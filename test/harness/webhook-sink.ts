import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

/** One request as it arrived. */
export interface ReceivedHook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookSink {
  readonly url: string;
  readonly received: readonly ReceivedHook[];
  close(): Promise<void>;
}

/** A customer's server on this machine: keeps what comes, and answers by path and by how often it was asked. */
export async function startWebhookSink(
  answer: (path: string, count: number) => { status: number; location?: string },
): Promise<WebhookSink> {
  const received: ReceivedHook[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const path = request.url ?? '';
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ path, headers, body });
      const { status, location } = answer(path, received.filter((hook) => hook.path === path).length);
      response.writeHead(status, location === undefined ? {} : { Location: location });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('startWebhookSink: no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The signature that a request must carry, made from the specification and not by the library that signs.
 *
 * References: standardwebhooks.com, "Signature scheme".
 */
export function expectedSignature(secret: string, { headers, body }: ReceivedHook): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
