import { Agent, request } from 'node:http';

/** One request of a load, given its number. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly durationMs: number;
  /** Ends the load earlier. */
  readonly requestsMax?: number;
  readonly next: (index: number) => LoadRequest;
  readonly statusExpected: number;
  /** Is given each body. */
  readonly read?: (body: string) => void;
}

/** Sends requests over kept connections, each after the answer to the one before it. Returns the answers a second; throws for an answer of another status. */
export async function requestRate(load: Load): Promise<number> {
  const { url, connections, durationMs, requestsMax = Number.POSITIVE_INFINITY, next } = load;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const startedAtMs = performance.now();
  let sent = 0;
  const work = async (): Promise<void> => {
    while (sent < requestsMax && performance.now() - startedAtMs < durationMs) {
      const wanted = next(sent);
      sent += 1;
      const { status, body } = await send(agent, url, wanted);
      if (status !== load.statusExpected) {
        throw new Error(
          `requestRate: ${wanted.method} ${wanted.path}: expected ${load.statusExpected}, got ${status}: ${body}`,
        );
      }
      load.read?.(body);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    agent.destroy();
  }
  return sent / ((performance.now() - startedAtMs) / 1000);
}

function send(agent: Agent, url: string, { method, path, headers, body }: LoadRequest) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(new URL(path, url), { agent, method, headers: { ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
