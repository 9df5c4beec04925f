import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endGroup } from './process-group.ts';

/** The repository's root, where wrangler.toml lies. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Wrangler without telemetry and without a look at the network. */
const OFFLINE = {
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false',
};

/** Starts wrangler in a process group of its own: its workerd dies only with the whole group. */
export function spawnWrangler(args: readonly string[], stdio: StdioOptions): ChildProcess {
  const script = fileURLToPath(import.meta.resolve('wrangler/package.json')).replace(
    'package.json',
    'bin/wrangler.js',
  );
  return spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio,
    detached: true,
    env: { ...process.env, ...OFFLINE },
  });
}

/** Runs one wrangler command to its end; throws with its output if it fails, with the signal's reason if it aborts. */
export async function runWrangler(args: readonly string[], signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const child = spawnWrangler(args, ['ignore', 'pipe', 'pipe']);
  const abort = (): void => void endGroup(child, 500);
  signal?.addEventListener('abort', abort, { once: true });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    // A workerd that outlived its wrangler would keep the pipes open for good.
    child.on('exit', () => void endGroup(child, 1_000));
    child.on('close', resolve);
  });
  signal?.removeEventListener('abort', abort);
  signal?.throwIfAborted();
  if (status !== 0)
    throw new Error(`wrangler ${args.slice(0, 3).join(' ')} ended with ${String(status)}:\n${output}`);
}
