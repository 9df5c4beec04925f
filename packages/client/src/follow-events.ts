import type { Event } from './generated/types.ts';
import type { Headwright } from './headwright.ts';

/** How to follow an account's events. */
export interface FollowEventsOptions {
  signal?: AbortSignal;
  /** Called once it is known which events are old. */
  onStart?: () => void;
  /** Between two looks. */
  pollMs?: number;
}

const PAGE_LENGTH = 100;

/** Every event of the account from now on, oldest first, each once. It asks again and again: for a developer's machine, not for a server. */
export async function* followEvents(
  client: Headwright,
  { signal, onStart, pollMs = 1000 }: FollowEventsOptions = {},
): AsyncGenerator<Event> {
  const options = signal === undefined ? {} : { signal };
  const known = new Set<string>();
  const [newest] = (await client.listEvents({ limit: 1 }, options)).data;
  const floor = newest?.id ?? '';
  onStart?.();
  while (signal?.aborted !== true) {
    const fresh: Event[] = [];
    let last: string | undefined;
    for (;;) {
      const page = await client.listEvents(
        { limit: PAGE_LENGTH, ...(last === undefined ? {} : { starting_after: last }) },
        options,
      );
      const unknown = page.data.filter(({ id }) => id > floor && !known.has(id));
      fresh.push(...unknown);
      last = page.data.at(-1)?.id;
      // Newest first: behind a page that holds something known there is nothing new.
      if (!page.has_more || last === undefined || unknown.length < page.data.length) break;
    }
    for (const event of fresh.toReversed()) {
      known.add(event.id);
      yield event;
    }
    await sleep(pollMs, signal);
  }
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
