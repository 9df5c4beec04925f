import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Progress } from '@headwright/shared/runner/progress';
import { FinalFailure } from './final-failure.ts';
import { EngineMessage, type EngineRequest, type EngineResult } from './engine-messages.ts';

export interface EngineProcessOptions {
  readonly teacherDirectory: string;
  readonly headTemplateDirectory: string;
  /** The module that the process runs; the engine's own unless a test scripts one. */
  readonly entry?: URL;
}

export interface EngineReport {
  readonly onProgress: (progress: Progress) => void;
  /** A finished PNG file; it stays until the work directory goes. */
  readonly onPreview: (path: string) => void;
  /** A checkpoint file; the next one takes its place as a whole, so that an open file stays what it was. */
  readonly onCheckpoint?: (path: string) => void;
}

/** One forked engine: it makes one head and ends, so that no leak or damaged state reaches the next head. */
export interface EngineProcess {
  /** Resolves once the models are loaded; rejects with the engine's own words if they cannot be. */
  readonly ready: Promise<void>;
  isAlive(): boolean;
  /** Rejects when the engine fails, crashes, or `signal` aborts; in each case the process is gone. */
  generate(request: EngineRequest, report: EngineReport, signal: AbortSignal): Promise<EngineResult>;
  /** SIGKILL: onnxruntime blocks the event loop, so nothing gentler is sure to arrive in time. */
  kill(): Promise<void>;
}

const DEFAULT_ENTRY = new URL('./engine-child.ts', import.meta.url);

/** Starts an engine process and begins loading its models. */
export function startEngine(options: EngineProcessOptions): EngineProcess {
  const child = fork(
    fileURLToPath(options.entry ?? DEFAULT_ENTRY),
    [options.teacherDirectory, options.headTemplateDirectory],
    { execPath: process.execPath, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  let report: EngineReport | null = null;
  const { ready, result, exited } = listenTo(child, () => report);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    ready,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill,
    async generate(request, onReport, signal) {
      report = onReport;
      const abort = (): void => {
        child.kill('SIGKILL');
      };
      signal.addEventListener('abort', abort, { once: true });
      try {
        signal.throwIfAborted();
        await sendRequest(child, request);
        return await result;
      } catch (error) {
        await kill();
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
        report = null;
      }
    },
  };
}

interface EngineEvents {
  readonly ready: Promise<void>;
  readonly result: Promise<EngineResult>;
  readonly exited: Promise<void>;
}

/** Turns the child's messages and its end into promises; both of the first two reject at its end. */
function listenTo(child: ChildProcess, report: () => EngineReport | null): EngineEvents {
  const ready = Promise.withResolvers<void>();
  const result = Promise.withResolvers<EngineResult>();
  const exited = Promise.withResolvers<void>();
  // Both may reject before anybody awaits them.
  ready.promise.catch(() => {});
  result.promise.catch(() => {});
  const fail = (error: Error): void => {
    ready.reject(error);
    result.reject(error);
  };
  child.on('message', (raw) => {
    const parsed = EngineMessage.safeParse(raw);
    if (!parsed.success)
      return fail(new Error(`startEngine: expected a message, got ${parsed.error.message}`));
    const message = parsed.data;
    if (message.type === 'ready') ready.resolve();
    else if (message.type === 'finished') result.resolve(message.result);
    else if (message.type === 'failed') {
      const { detail, stack, isFinal } = message;
      fail(Object.assign(isFinal ? new FinalFailure(detail) : new Error(detail), { stack }));
    } else if (message.type === 'progress') report()?.onProgress(message.progress);
    else if (message.type === 'preview') report()?.onPreview(message.path);
    else report()?.onCheckpoint?.(message.path);
  });
  child.on('error', (error) => {
    fail(error);
    if (child.pid === undefined) exited.resolve(); // never started, so it will never exit
  });
  child.on('exit', (code, signal) => {
    const end = (): void => {
      fail(new Error(`the engine process ended by ${signal ?? `exit code ${String(code)}`}`));
      exited.resolve();
    };
    // Messages sent just before the end may still lie in the channel.
    if (child.connected) child.once('disconnect', end);
    else end();
  });
  return { ready: ready.promise, result: result.promise, exited: exited.promise };
}

function sendRequest(child: ChildProcess, request: EngineRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!child.connected) reject(new Error('the engine process has ended'));
    else child.send(request, (error) => (error === null ? resolve() : reject(error)));
  });
}
