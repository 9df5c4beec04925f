import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { exitOf } from './process-group.ts';
import { ROOT } from './wrangler.ts';

export interface RunnerOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly logPath: string;
}

export interface RunnerSupervisor {
  /** Rejects when the runner keeps ending at once, with the end of its log; never resolves. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

/** A runner that lived this long was sound; its end is an accident and it starts again. */
const SOUND_MS = 10_000;
const QUICK_ENDS_MAX = 3;
const RESTART_DELAY_MS = 500;

/** Keeps one runner process alive, as a container platform would: whatever ends it, another one starts. */
export function superviseRunner(options: RunnerOptions): RunnerSupervisor {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // may reject before anybody awaits it
  let child: ChildProcess | null = null;
  let isStopping = false;
  const run = async (): Promise<void> => {
    let quickEndCount = 0;
    while (!isStopping) {
      const startedAtMs = performance.now();
      child = spawnRunner(options);
      await exitOf(child);
      if (isStopping) return;
      quickEndCount = performance.now() - startedAtMs < SOUND_MS ? quickEndCount + 1 : 0;
      if (quickEndCount >= QUICK_ENDS_MAX) {
        const log = readFileSync(options.logPath, 'utf8').split('\n').slice(-20).join('\n');
        broken.reject(
          new Error(`the runner ends again and again; its log (${options.logPath}) ends with:\n${log}`),
        );
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RESTART_DELAY_MS));
    }
  };
  const running = run();
  running.catch((error: unknown) => broken.reject(error));
  return {
    broken: broken.promise,
    async stop() {
      isStopping = true;
      child?.kill('SIGTERM'); // hands its job back and ends within two seconds
      const timer = setTimeout(() => child?.kill('SIGKILL'), 2_500);
      await running;
      clearTimeout(timer);
    },
  };
}

function spawnRunner(options: RunnerOptions): ChildProcess {
  const log = openSync(options.logPath, 'a');
  // The channel tells the runner when this process disappears.
  const child = spawn(process.execPath, ['apps/gpu-runner/src/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
    env: { ...process.env, ...options.environment },
  });
  closeSync(log);
  return child;
}
