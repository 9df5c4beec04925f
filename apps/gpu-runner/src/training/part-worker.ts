/** A thread of a divided training: it is sent its part of each batch and answers with loss and metrics. */
import { parentPort, workerData } from 'node:worker_threads';
import { PartTask, type PartResult } from './part-messages.ts';
import { openTraining } from './training-program.ts';

const port = parentPort;
if (port === null) throw new Error('part-worker: expected to be run as a worker thread');
const { built, gradients, threads } = workerData;
const training = await openTraining(built, { threads });

port.on('message', (message: unknown) => {
  void runPart(PartTask.parse(message));
});
port.postMessage('ready');

async function runPart({ inputs, parameters }: PartTask): Promise<void> {
  const { loss, metrics } = await training.run(inputs, parameters, gradients);
  const result: PartResult = { loss, metrics };
  port?.postMessage(result);
}
