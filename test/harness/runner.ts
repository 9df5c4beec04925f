import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exitOf } from '../../scripts/process-group.ts';
import { waitFor } from './wait-for.ts';
import type { TestEdge } from './edge.ts';

export interface TestRunner {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The process id of the engine that works for this runner right now. */
  enginePid(): number;
  /** Everything that the runner has written. */
  output(): string;
  /** SIGKILL, also when it is stopped; waits until its engine has gone as well. */
  kill(): Promise<void>;
}

const ENTRIES = {
  real: '../../apps/gpu-runner/src/main.ts',
  scripted: './scripted-runner.ts',
} as const;

/** Starts a runner process for this edge and waits until it is ready to claim. */
export async function startTestRunner(
  edge: TestEdge,
  engine: keyof typeof ENTRIES,
  name: string,
): Promise<TestRunner> {
  const entry = fileURLToPath(new URL(ENTRIES[engine], import.meta.url));
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      EDGE_URL: edge.url,
      RUNNER_KEY: edge.keys.runnerKey,
      RUNNER_NAME: name,
      PRESETS: 'smoke',
      TEST_GATES: edge.directory,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const { pid } = child;
  if (pid === undefined) throw new Error('startTestRunner: the runner did not start');
  const enginePid = (): number => {
    const engines = childrenOf(pid);
    if (engines.length !== 1) throw new Error(`enginePid: expected one engine, got ${engines.length}`);
    return engines[0];
  };
  await waitFor(`${name} to be ready`, () => {
    if (child.exitCode !== null) throw new Error(`startTestRunner: the runner ended:\n${output}`);
    return output.includes('ready');
  });
  return {
    child,
    pid,
    enginePid,
    output: () => output,
    async kill() {
      const engines = child.exitCode === null && child.signalCode === null ? childrenOf(pid) : [];
      child.kill('SIGKILL');
      await exitOf(child);
      await waitFor('the engine to follow its runner', () => engines.every((engine) => !isRunning(engine)));
    },
  };
}

/** Direct children of a process (Linux). */
export function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return list === '' ? [] : list.split(' ').map(Number);
}

/** Whether a process exists and is more than a zombie (Linux). */
export function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // it ended between the two looks
  }
}
