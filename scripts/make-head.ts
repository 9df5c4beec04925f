import { join } from 'node:path';
import type { CreateHeadRequest, Head } from '@headwright/shared/api/heads';
import { createProgressLine } from '../apps/gpu-runner/src/shell/progress-line.ts';
import { slugOf } from '../apps/gpu-runner/src/shell/slug-of.ts';
import { writeFileWhole } from '../apps/gpu-runner/src/shell/write-file-whole.ts';
import { type PublicApi, describeProblem } from './public-api.ts';

export interface DownloadedHead {
  readonly head: Head;
  readonly directory: string;
}

/** Makes one head through the public API with a progress line, and downloads its files below `outDirectory`. */
export async function makeHead(
  api: PublicApi,
  request: CreateHeadRequest,
  outDirectory: string,
  signal: AbortSignal,
): Promise<DownloadedHead> {
  const created = await api.createHead(request);
  const cancel = (): void => {
    // The answer does not matter: the runner stops with this process, and its job would otherwise run first next time.
    api.cancelJob(created.job.id, AbortSignal.timeout(1_000)).catch(() => {});
  };
  signal.addEventListener('abort', cancel, { once: true });
  const line = createProgressLine(process.stdout);
  let hasRun = false;
  try {
    for await (const job of api.followJob(created.job.id, signal)) {
      if (job.progress !== null && !job.terminal) line.show(job.progress);
      if (job.status === 'queued' && hasRun) {
        line.end();
        console.log('The attempt was lost; the job waits for a runner again …');
      }
      hasRun = job.status === 'running';
      if (job.status === 'failed' || job.status === 'rejected' || job.status === 'expired') {
        throw new Error(
          `the head ${job.status === 'failed' ? 'failed' : `was ${job.status}`}: ${job.error === null ? 'no reason given' : describeProblem(job.error)}`,
        );
      }
      if (job.status === 'canceled') throw new Error('the head was canceled');
    }
  } finally {
    line.end();
    signal.removeEventListener('abort', cancel);
  }
  const head = await api.getHead(created.head.id);
  const directory = join(outDirectory, `${slugOf(head.prompt)}-${head.seed}`);
  for (const file of head.files) await writeFileWhole(join(directory, file.name), await api.download(file));
  return { head, directory };
}
