import { existsSync, readdirSync, rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { DatasetInfo, datasetPath, shardCount, shardPaths } from './dataset-files.ts';
import { type PainterSources, WorkerReport, type WorkerSetup } from './worker-messages.ts';

/** How far a data set is. */
export interface RenderProgress {
  /** Shards on disk, of how many. */
  readonly shards: number;
  readonly of: number;
  /** Shards that were there before. */
  readonly shardsBefore: number;
  /** Pictures that this run has drawn. */
  readonly pictures: number;
}

export interface RenderDatasetOptions {
  readonly directory: string;
  readonly info: DatasetInfo;
  readonly sources: PainterSources;
  /** Threads that render. */
  readonly workers: number;
  readonly onProgress?: (progress: RenderProgress) => void;
}

/**
 * Renders the shards of a data set that are not on disk yet, on several threads.
 *
 * Bytes depend on `info` and `sources` alone, neither on threads nor on how often the work was cut short. A folder with
 * another data set is refused; one with the same but fewer identities is continued.
 */
export async function renderDataset(options: RenderDatasetOptions): Promise<void> {
  const { directory, info, onProgress } = options;
  await claimDirectory(directory, info);
  const of = shardCount(info);
  const pending = Array.from({ length: of }, (_, k) => k).filter(
    (k) => !existsSync(shardPaths(directory, k).tensors),
  );
  const shardsBefore = of - pending.length;
  let finished = shardsBefore;
  let pictures = 0;
  const tell = (): void => onProgress?.({ shards: finished, of, shardsBefore, pictures });
  tell();
  const threads = Array.from({ length: Math.min(options.workers, pending.length) }, () =>
    startThread(options),
  );
  try {
    await Promise.all(
      threads.map((thread) =>
        renderOn(thread, pending, (report) => {
          if ('pictures' in report) pictures += report.pictures;
          else finished++;
          tell();
        }),
      ),
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function startThread({ directory, info, sources }: RenderDatasetOptions): Worker {
  const setup: WorkerSetup = { directory, info, sources };
  return new Worker(new URL('./render-worker.ts', import.meta.url), { workerData: setup });
}

/** Hands a thread one shard of `pending` after the other until none is left. */
function renderOn(
  thread: Worker,
  pending: number[],
  onReport: (report: WorkerReport) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const shard = pending.shift();
      if (shard === undefined) resolve();
      else thread.postMessage(shard);
    };
    thread.on('error', reject);
    thread.on('exit', (status) => reject(new Error(`renderDataset: a thread ended with status ${status}`)));
    thread.on('message', (message: unknown) => {
      const report = WorkerReport.parse(message);
      onReport(report);
      if ('finished' in report) next();
    });
    next();
  });
}

/** Writes dataset.json, or checks that the folder holds this very data set. */
async function claimDirectory(directory: string, info: DatasetInfo): Promise<void> {
  if (existsSync(datasetPath(directory))) {
    const { identities, ...rest } = parseJsonFile(DatasetInfo, datasetPath(directory));
    const { identities: wanted, ...wantedRest } = info;
    for (const [name, value] of Object.entries(wantedRest)) {
      const found: unknown = Object.entries(rest).find(([each]) => each === name)?.[1];
      if (JSON.stringify(found) !== JSON.stringify(value)) {
        throw new Error(
          `renderDataset: ${directory}: ${name}: expected ${JSON.stringify(value)}, got ${JSON.stringify(found)}`,
        );
      }
    }
    if (wanted < identities) {
      throw new Error(
        `renderDataset: ${directory}: expected at most ${wanted} identities, got ${identities}`,
      );
    }
    // A last shard that was not full has more identities now.
    if (wanted > identities && identities % info.identitiesPerShard !== 0) {
      const { tensors, index } = shardPaths(directory, Math.floor(identities / info.identitiesPerShard));
      rmSync(tensors, { force: true });
      rmSync(index, { force: true });
    }
  } else if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new Error(`renderDataset: ${directory}: expected an empty folder or a data set, got neither`);
  }
  await writeFileWhole(
    datasetPath(directory),
    new TextEncoder().encode(`${JSON.stringify(info, null, 2)}\n`),
  );
}
