import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createCheckpointUpload } from './checkpoint-upload.ts';

const attempt = { jobId: 'job_1', token: 'secret' };
const never = new AbortController().signal;

/** An edge that takes one checkpoint whenever the test lets it. */
async function slowEdge() {
  const path = join(await mkdtemp(join(tmpdir(), 'headwright-test-')), '.checkpoint');
  const received: string[] = [];
  const answers: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  return {
    path,
    received,
    answers,
    signals,
    client: {
      putCheckpoint: (_: unknown, bytes: Uint8Array, signal: AbortSignal) => {
        received.push(Buffer.from(bytes).toString());
        signals.push(signal);
        return new Promise<void>((resolve, reject) => {
          answers.push(resolve);
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      },
    },
  };
}

test('while one checkpoint is on its way, only the newest of the others follows', async () => {
  const { client, path, received, answers } = await slowEdge();
  const checkpoints = createCheckpointUpload(client, attempt, never);
  const save = async (content: string): Promise<void> => {
    await writeFile(path, content);
    checkpoints.save(path);
  };
  await save('step 100');
  await vi.waitFor(() => expect(received).toEqual(['step 100']));
  await save('step 200');
  await save('step 300');
  answers[0]();
  await vi.waitFor(() => expect(received).toEqual(['step 100', 'step 300']));
});

test('one that is lost is followed by the next; after the stop none follows', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { client, path, received, answers, signals } = await slowEdge();
  const checkpoints = createCheckpointUpload(client, attempt, never);
  checkpoints.save(path); // no such file yet
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
  await writeFile(path, 'step 100');
  checkpoints.save(path);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  checkpoints.save(path);
  checkpoints.stop();
  await vi.waitFor(() => expect(signals[0].aborted).toBe(true));
  await Promise.resolve();
  expect(received).toEqual(['step 100']);
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});
