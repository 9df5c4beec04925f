import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { markedProcesses } from '../../scripts/marked-processes.ts';
import { exitOf } from '../../scripts/process-group.ts';
import { waitFor } from './wait-for.ts';

export interface MarkedProcess {
  readonly child: ChildProcess;
  output(): string;
  /** Waits until the output contains a text. */
  says(text: string): Promise<void>;
  /** CTRL-C: SIGINT to the whole group, as a terminal sends it. */
  interrupt(): void;
  /** Every process that came of it and still runs, by an environment variable that children inherit (Linux). */
  remains(): number[];
  /** How it ended, with its output to show when that was wrong. */
  outcome(): Promise<{ status: number | null; output: string }>;
}

/** Starts a command in a process group of its own, so that all that comes of it can be found again. */
export function startMarked(command: string, args: readonly string[], cwd: string): MarkedProcess {
  const mark = randomUUID();
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: '', TEST_MARK: mark },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => output,
    says: (text) =>
      waitFor(
        `"${text}"`,
        () => {
          if (hasEnded() && !output.includes(text)) throw new Error(`it ended without "${text}":\n${output}`);
          return output.includes(text);
        },
        240_000,
      ),
    interrupt: () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    },
    remains: () => markedProcesses(mark),
    async outcome() {
      await exitOf(child);
      return { status: child.exitCode, output };
    },
  };
}
