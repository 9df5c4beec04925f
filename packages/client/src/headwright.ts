import { Operations } from './generated/operations.ts';
import type { CreateHeadRequest, Head, Job, JobEvent } from './generated/types.ts';
import { HeadwrightError } from './headwright-error.ts';
import { readEventData } from './read-event-data.ts';
import type { CallOptions } from './transport.ts';

/** How to wait for a job. */
export interface WaitOptions extends CallOptions {
  /** Called with each snapshot of the job. */
  onProgress?: (job: Job) => void;
}

/** A page of a list. */
interface Page<T> {
  data: T[];
  has_more: boolean;
}

const POLL_MS = 2_000;

/** The whole API, and what most programs do with it: wait for a job, walk a list, make a head in one go. */
export class Headwright extends Operations {
  /** Each snapshot of a job until it has ended: by server-sent events, by polling while those fail. */
  async *followJob(id: string, options: CallOptions = {}): AsyncGenerator<Job, Job> {
    for (;;) {
      try {
        const { body } = await this.streamEvents(id, options);
        if (body !== null) {
          for await (const data of readEventData(body)) {
            // The contract of the stream: the data of each frame is a JobEvent.
            const { job } = JSON.parse(data) as JobEvent;
            yield job;
            if (job.terminal) return job;
          }
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        if (error instanceof HeadwrightError && error.status < 500 && error.status !== 429) throw error;
      }
      const job = await this.getJob(id, {}, options);
      yield job;
      if (job.terminal) return job;
      await this.sleep(POLL_MS);
    }
  }

  /** Waits until a job has ended, however it did. */
  async waitForJob(id: string, options: WaitOptions = {}): Promise<Job> {
    const snapshots = this.followJob(id, options);
    for (;;) {
      const { done, value } = await snapshots.next();
      if (done === true) return value;
      options.onProgress?.(value);
    }
  }

  /** Makes a head and waits for it; throws the job's problem if it does not succeed. */
  async makeHead(request: CreateHeadRequest, options: WaitOptions = {}): Promise<Head> {
    const { head, job } = await this.createHead(request, options);
    const ended = await this.waitForJob(job.id, options);
    if (ended.status === 'succeeded') return this.getHead(head.id, options);
    if (ended.error !== null) throw new HeadwrightError(ended.error.status, null, ended.error);
    throw new Error(`makeHead: expected the job to succeed, got ${ended.status}`);
  }

  /** Every entry of a list, page by page: `for await (const head of client.all((after) => client.listHeads({ starting_after: after })))`. */
  async *all<T extends { id: string }>(
    readPage: (startingAfter: string | undefined) => Promise<Page<T>>,
  ): AsyncGenerator<T> {
    let last: string | undefined;
    for (;;) {
      const page = await readPage(last);
      yield* page.data;
      last = page.data.at(-1)?.id;
      if (!page.has_more || last === undefined) return;
    }
  }
}
