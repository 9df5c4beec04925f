import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FileName, type FileRecord, type ModelFacts } from '@headwright/shared/runner/protocol';
import type { Progress } from '@headwright/shared/runner/progress';
import { EngineRequest, type EngineMessage, type EngineResult } from './engine-messages.ts';
import { FinalFailure } from './final-failure.ts';
import { watchParent } from './watch-parent.ts';
import { writeFileWhole } from './write-file-whole.ts';

/** What an engine hands over: every file of the head in memory. */
export interface MadeHead {
  readonly files: ReadonlyMap<
    string,
    { readonly bytes: Uint8Array; readonly contentType: string; readonly model?: ModelFacts }
  >;
  readonly warnings: readonly string[];
}

/** An opened engine: models are loaded, one call makes one head. */
export type Engine = (
  request: EngineRequest,
  report: {
    readonly onProgress: (progress: Progress) => void;
    readonly onPreview: (png: Uint8Array) => void;
    /** Resolves when the checkpoint lies on disk. */
    readonly onCheckpoint: (bytes: Uint8Array) => Promise<void>;
  },
) => Promise<MadeHead>;

/**
 * The engine process's side of the conversation with its parent: opens the engine, says `ready`,
 * makes one head for one request, writes its files and ends.
 */
export async function serveEngine(open: () => Promise<Engine>): Promise<void> {
  if (process.send === undefined) throw new Error('serveEngine: expected to be forked with an IPC channel');
  // Ctrl-C reaches the whole process group; the parent decides what it means for the job.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(1));
  watchParent();
  // Listening starts before the models load, so that an early request waits in the promise.
  const request = nextRequest();
  try {
    const engine = await open();
    await send({ type: 'ready' });
    await send({ type: 'finished', result: await makeHead(engine, await request) });
  } catch (error) {
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    await send({ type: 'failed', detail: message, stack, isFinal: error instanceof FinalFailure });
  }
  process.exit(0);
}

function nextRequest(): Promise<EngineRequest> {
  const { promise, resolve, reject } = Promise.withResolvers<EngineRequest>();
  process.once('message', (message) => {
    const request = EngineRequest.safeParse(message);
    if (request.success) resolve(request.data);
    else reject(new Error(`serveEngine: expected a request, got ${request.error.message}`));
  });
  promise.catch(() => {}); // reported where it is awaited, after the models have loaded
  return promise;
}

async function makeHead(engine: Engine, request: EngineRequest): Promise<EngineResult> {
  let previewCount = 0;
  const made = await engine(request, {
    onProgress: (progress) => void send({ type: 'progress', progress }),
    onPreview: (png) => {
      const path = join(request.workDirectory, '.previews', `${previewCount++}.png`);
      writeFileWhole(path, png).then(
        () => send({ type: 'preview', path }),
        (error: unknown) => console.error('engine: a preview could not be written:', error),
      );
    },
    onCheckpoint: async (bytes) => {
      const path = join(request.workDirectory, '.checkpoint');
      await writeFileWhole(path, bytes);
      await send({ type: 'checkpoint', path });
    },
  });
  const files: FileRecord[] = [];
  for (const [name, { bytes, contentType, model }] of made.files) {
    await writeFileWhole(join(request.workDirectory, FileName.parse(name)), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const record = { name, content_type: contentType, bytes: bytes.byteLength, sha256 };
    files.push(model === undefined ? record : { ...record, model });
  }
  return { files, warnings: [...made.warnings] };
}

/** Resolves when the message is on its way, so that an exit afterwards cannot swallow it. */
function send(message: EngineMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
