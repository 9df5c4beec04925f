/**
 * A thread that renders shards: it is sent their numbers and answers with what it has done.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openPainters } from './open-painters.ts';
import { renderShard } from './render-shard.ts';
import { ShardNumber, type WorkerReport, WorkerSetup } from './worker-messages.ts';
import { writeShard } from './write-shard.ts';

const port = parentPort;
if (port === null) throw new Error('render-worker: expected to be run as a worker thread');
const { directory, info, sources } = WorkerSetup.parse(workerData);
const painters = openPainters(sources);
const report = (message: WorkerReport): void => port.postMessage(message);

port.on('message', (message: unknown) => {
  void renderOne(ShardNumber.parse(message));
});

async function renderOne(shard: number): Promise<void> {
  const examples = renderShard(painters, info, shard, (count) => report({ pictures: count }));
  await writeShard(directory, shard, info, examples);
  report({ finished: shard });
}
