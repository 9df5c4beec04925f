import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClaimResponse, CompleteRequest, FailRequest } from '@headwright/shared/runner/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RejectedOutput } from '../moderation/open-output-check.ts';
import type { EdgeClient } from './edge-client.ts';
import { StaleAttempt } from './edge-errors.ts';
import { EngineRequest, type EngineResult } from './engine-messages.ts';
import type { EngineProcess, EngineReport } from './engine-process.ts';
import { runJob } from './run-job.ts';
import { writeFileWhole } from './write-file-whole.ts';

const claim: ClaimResponse = {
  job: {
    job_id: `job_${'0'.repeat(26)}`,
    head_id: `head_${'0'.repeat(26)}`,
    kind: 'head',
    prompt: 'an old man',
    negative_prompt: null,
    seed: 1,
    preset: 'smoke',
    model: 'head-1.0',
    blendshapes: false,
    renditions: [],
  },
  base: null,
  checkpoint: null,
  attempt: { number: 1, token: 'token', lease_s: 60 },
};

const result: EngineResult = {
  files: [{ name: 'head.glb', content_type: 'model/gltf-binary', bytes: 3, sha256: '0'.repeat(64) }],
  warnings: ['thin training'],
};

/** An edge that lets everything pass and keeps what it was told. */
function fakeEdge(overrides: Partial<EdgeClient> = {}) {
  const said: string[] = [];
  const failures: FailRequest[] = [];
  const completions: CompleteRequest[] = [];
  const paths: string[] = [];
  const client: EdgeClient = {
    claim: async () => null,
    heartbeat: (_, __, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    putPreview: async () => {
      said.push('preview');
    },
    putFile: async (_, path, record) => {
      said.push(`file ${record.name}`);
      paths.push(path);
    },
    getOffered: async (_, name) => new TextEncoder().encode(`the ${name}`),
    putCheckpoint: async () => {
      said.push('checkpoint');
    },
    complete: async (_, request) => {
      said.push('complete');
      completions.push(request);
    },
    fail: async (_, request) => {
      said.push(`fail ${request.code}`);
      failures.push(request);
    },
    ...overrides,
  };
  return { client, said, failures, completions, paths };
}

/** An engine in this process: works as `generate` says, and rejects on abort as the real one does. */
function fakeEngine(generate: (request: EngineRequest, report: EngineReport) => Promise<EngineResult>) {
  const kill = vi.fn<() => Promise<void>>(async () => {});
  const engine: EngineProcess = {
    ready: Promise.resolve(),
    isAlive: () => true,
    kill,
    generate: (request, report, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => reject(new Error('killed'));
        if (signal.aborted) abort();
        signal.addEventListener('abort', abort, { once: true });
        // As it arrives in a process of its own.
        generate(EngineRequest.parse(request), report).then(resolve, reject);
      }),
  };
  return { engine, kill };
}

/** An output check that finds no fault. */
const pass = async (): Promise<void> => {};
const forever = (): Promise<never> => new Promise(() => {});
const never = new AbortController().signal;

describe('runJob', () => {
  test('uploads every file before it completes, and leaves no work directory behind', async () => {
    const { client, said, completions, paths } = fakeEdge();
    const { engine } = fakeEngine(async () => result);
    expect(await runJob(claim, client, engine, pass, never)).toBe('completed');
    expect(said).toEqual(['file head.glb', 'complete']);
    expect(completions[0]).toEqual(result);
    expect(existsSync(dirname(paths[0]))).toBe(false);
  });

  test('reports a failing engine as retryable, in its words, and logs where it failed', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { client, said, failures } = fakeEdge();
    const { engine } = fakeEngine(() => Promise.reject(new Error('no surface left')));
    expect(await runJob(claim, client, engine, pass, never)).toBe('failed');
    expect(said).toEqual(['fail engine_failed']);
    expect(failures[0]).toMatchObject({ detail: 'no surface left', retryable: true });
    expect(log).toHaveBeenCalledWith(expect.stringContaining('job_'), expect.any(Error));
    log.mockRestore();
  });

  test('kills the engine and reports a cancel', async () => {
    const { client, said } = fakeEdge({ heartbeat: async () => ({ verdict: 'cancel' }) });
    const { engine, kill } = fakeEngine(forever);
    expect(await runJob(claim, client, engine, pass, never)).toBe('canceled');
    expect(kill).toHaveBeenCalled();
    expect(said).toEqual(['fail canceled']);
  });

  test('kills the engine of a stale attempt and says nothing', async () => {
    const { client, said } = fakeEdge({ heartbeat: async () => ({ verdict: 'stale' }) });
    const { engine, kill } = fakeEngine(forever);
    expect(await runJob(claim, client, engine, pass, never)).toBe('stale');
    expect(kill).toHaveBeenCalled();
    expect(said).toEqual([]);
  });

  test('says nothing more when an upload turns out to be stale', async () => {
    const { client, said } = fakeEdge({ putFile: () => Promise.reject(new StaleAttempt('upload')) });
    const { engine } = fakeEngine(async () => result);
    expect(await runJob(claim, client, engine, pass, never)).toBe('stale');
    expect(said).toEqual([]);
  });

  test('hands the job back on shutdown', async () => {
    const { client, said, failures } = fakeEdge();
    const shutdown = new AbortController();
    const { engine } = fakeEngine(() => {
      shutdown.abort();
      return forever();
    });
    expect(await runJob(claim, client, engine, pass, shutdown.signal)).toBe('shutdown');
    expect(said).toEqual(['fail shutdown']);
    expect(failures[0].retryable).toBe(true);
  });

  describe('with pictures', () => {
    const bad = new TextEncoder().encode('bad');
    const refuseBad = async (picture: Uint8Array): Promise<void> => {
      if (Buffer.from(picture).equals(bad)) throw new RejectedOutput('explicit by 0.93');
    };
    const view = { ...result.files[0], name: 'views/front.png', content_type: 'image/png' };
    const write = async (directory: string, name: string, text: string): Promise<string> => {
      const path = join(directory, name);
      await writeFileWhole(path, new TextEncoder().encode(text));
      return path;
    };

    test('uploads nothing of a head of which one view is refused, and says so', async () => {
      const { client, said, failures } = fakeEdge();
      const { engine } = fakeEngine(async ({ workDirectory }) => {
        await write(workDirectory, view.name, 'bad');
        return { ...result, files: [...result.files, view] };
      });
      expect(await runJob(claim, client, engine, refuseBad, never)).toBe('rejected');
      expect(said).toEqual(['fail rejected']);
      expect(failures[0]).toMatchObject({ retryable: false });
    });

    test('kills the engine at a refused preview, which nobody gets to see', async () => {
      const { client, said } = fakeEdge();
      const { engine, kill } = fakeEngine(async ({ workDirectory }, { onPreview }) => {
        onPreview(await write(workDirectory, '.previews/0.png', 'bad'));
        return forever();
      });
      expect(await runJob(claim, client, engine, refuseBad, never)).toBe('rejected');
      expect(kill).toHaveBeenCalled();
      expect(said).toEqual(['fail rejected']);
    });

    test('waits for the check of a preview before it publishes', async () => {
      const { client, said } = fakeEdge();
      const { engine } = fakeEngine(async ({ workDirectory }, { onPreview }) => {
        onPreview(await write(workDirectory, '.previews/0.png', 'bad'));
        return result;
      });
      expect(await runJob(claim, client, engine, refuseBad, never)).toBe('rejected');
      expect(said).toEqual(['fail rejected']);
    });

    test('fails, and does not publish, when a picture cannot be looked at', async () => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => {});
      const { client, said } = fakeEdge();
      const { engine } = fakeEngine(async ({ workDirectory }) => {
        await write(workDirectory, view.name, 'no picture');
        return { ...result, files: [view] };
      });
      const blind = (): Promise<void> => Promise.reject(new Error('not a picture'));
      expect(await runJob(claim, client, engine, blind, never)).toBe('failed');
      expect(said).toEqual(['fail engine_failed']);
      log.mockRestore();
    });

    test('shows previews that pass', async () => {
      const { client, said } = fakeEdge();
      const { engine } = fakeEngine(async ({ workDirectory }, { onPreview }) => {
        onPreview(await write(workDirectory, '.previews/0.png', 'good'));
        return result;
      });
      expect(await runJob(claim, client, engine, refuseBad, never)).toBe('completed');
      expect(said.toSorted()).toEqual(['complete', 'file head.glb', 'preview']);
    });
  });

  describe('with what the claim offers', () => {
    const offered = { bytes: 8, sha256: '0'.repeat(64) };
    const edit: ClaimResponse = {
      ...claim,
      job: { ...claim.job, kind: 'geometry_edit' },
      base: offered,
      checkpoint: offered,
    };
    const readInputs = async ({ base, resume }: EngineRequest) =>
      Promise.all([base, resume].map(async (path) => (path === null ? null : readFile(path, 'utf8'))));

    test('the engine finds base and checkpoint in its work directory', async () => {
      const { client } = fakeEdge();
      let inputs: unknown;
      const { engine } = fakeEngine(async (request) => {
        inputs = [request.kind, ...(await readInputs(request))];
        return result;
      });
      expect(await runJob(edit, client, engine, pass, never)).toBe('completed');
      expect(inputs).toEqual(['geometry_edit', 'the base', 'the checkpoint']);
    });

    test('a checkpoint that does not arrive costs time, a base that does not arrive the attempt', async () => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
      const log = vi.spyOn(console, 'error').mockImplementation(() => {});
      let inputs: unknown;
      const { engine } = fakeEngine(async (request) => {
        inputs = await readInputs(request);
        return result;
      });
      const without = (lost: string): Partial<EdgeClient> => ({
        getOffered: async (_, name) => {
          if (name === lost) throw new Error('other bytes');
          return new TextEncoder().encode(name);
        },
      });
      expect(await runJob(edit, fakeEdge(without('checkpoint')).client, engine, pass, never)).toBe(
        'completed',
      );
      expect(inputs).toEqual(['base', null]);
      const edge = fakeEdge(without('base'));
      expect(await runJob(edit, edge.client, engine, pass, never)).toBe('failed');
      expect(edge.failures[0]).toMatchObject({ detail: 'other bytes', retryable: true });
      warn.mockRestore();
      log.mockRestore();
    });
  });
});

describe('without room for its files', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('an attempt is reported as failed, and its lease is let go', async () => {
    vi.stubEnv('TMPDIR', join('/nowhere', 'at', 'all'));
    const released = Promise.withResolvers<void>();
    const { client, said } = fakeEdge({
      heartbeat: (_, __, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            released.resolve();
            reject(signal.reason);
          });
        }),
    });
    const { engine } = fakeEngine(async () => result);
    const outcome = await runJob(claim, client, engine, async () => {}, new AbortController().signal);
    expect([outcome, said]).toEqual(['failed', ['fail engine_failed']]);
    await released.promise;
  });
});
