import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Preset } from '@headwright/shared/presets';
import type { FileRecord } from '@headwright/shared/runner/protocol';
import type { Progress } from '@headwright/shared/runner/progress';
import { createEdgeClient } from '../../apps/gpu-runner/src/shell/edge-client.ts';
import { publish } from '../../apps/gpu-runner/src/shell/publish.ts';
import type { TestEdge } from './edge.ts';

/** One claimed job whose every move is the test's. */
export interface SteeredJob {
  readonly prompt: string;
  report(progress: Progress): Promise<void>;
  showPreview(png: Uint8Array): Promise<void>;
  saveCheckpoint(bytes: Uint8Array): Promise<void>;
  finish(files: Readonly<Record<string, Uint8Array>>, warnings: string[]): Promise<void>;
}

const never = new AbortController().signal;

/** How long a job may take to come, ms; a claim left open by a runner that was killed may get it first, for one lease. */
const PATIENCE_MS = 20_000;

/** Claims the next job as a runner would, over the real protocol, and does only what it is told. */
export async function claimSteered(edge: TestEdge, preset: Preset = 'draft'): Promise<SteeredJob> {
  const client = createEdgeClient(edge.url, edge.keys.runnerKey);
  const request = { runner: 'steered', presets: [preset], wait_s: 20 };
  const untilMs = performance.now() + PATIENCE_MS;
  let claimed = await client.claim(request, never);
  while (!claimed && performance.now() < untilMs) claimed = await client.claim(request, never);
  if (!claimed) throw new Error('claimSteered: expected a job within 20 s, got none');
  const attempt = { jobId: claimed.job.job_id, token: claimed.attempt.token };
  return {
    prompt: claimed.job.prompt,
    async report(progress) {
      await client.heartbeat(attempt, { progress, wait_s: 0 }, never);
    },
    saveCheckpoint: (bytes) => client.putCheckpoint(attempt, bytes, never),
    showPreview: (png) => client.putPreview(attempt, png, never),
    async finish(files, warnings) {
      const directory = await mkdtemp(join(tmpdir(), 'headwright-steered-'));
      try {
        const records: FileRecord[] = [];
        for (const [name, bytes] of Object.entries(files)) {
          await writeFile(join(directory, name), bytes);
          records.push({
            name,
            content_type: name.endsWith('.glb') ? 'model/gltf-binary' : 'image/png',
            bytes: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          });
        }
        await publish(client, attempt, directory, { files: records, warnings }, never);
      } finally {
        await rm(directory, { recursive: true });
      }
    },
  };
}
