// Starts a command of the house on any machine with npm: installs when needed, then runs the
// command's TypeScript with Node 24 (an npm package of ours). Node 18 and built-ins must be enough.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');
const COMMANDS = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  verify: 'scripts/verify.ts',
  bench: 'scripts/bench.ts',
  reconcile: 'scripts/operator/reconcile.ts',
  head: 'apps/gpu-runner/src/cli.ts',
  edit: 'apps/gpu-runner/src/edit-cli.ts',
  teacher: 'scripts/teacher.ts',
  evaluate: 'scripts/evaluate.ts',
  template: 'scripts/template.ts',
  admin: 'scripts/admin.ts',
  deploy: 'scripts/deploy.ts',
  drill: 'scripts/drill.ts',
  generate: 'scripts/generate.ts',
  listen: 'scripts/listen.ts',
  mcp: 'scripts/mcp.ts',
  soak: 'scripts/soak.ts',
};
/** Node runs TypeScript from here on. */
const NODE_MIN = [22, 18];

const [command, ...args] = process.argv.slice(2);
const script = COMMANDS[command];
if (script === undefined) {
  fail(`expected one of ${Object.keys(COMMANDS).join(', ')}, got ${command ?? 'nothing'}`);
}
if (!isInstalled()) install();
run(findNode(), [join(ROOT, script), ...args]);

/** npm writes what it installed into node_modules; that must be what package-lock.json asks for. */
function isInstalled() {
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const present = readPackages(join(ROOT, 'node_modules', '.package-lock.json'));
  if (wanted === null || present === null) return false;
  // Optional packages are for other platforms, or were left out on purpose.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (present[path] === undefined ? optional === true : present[path].version === version),
  );
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return null; // missing or cut short: an install will write it
  }
}

function install() {
  console.log('Installing the dependencies of package-lock.json (npm ci), about a minute the first time …');
  const startedAtMs = Date.now();
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
    // Development tools run the product too, so NODE_ENV=production must not leave them out.
    env: { ...process.env, NODE_ENV: 'development' },
    shell: process.platform === 'win32',
  });
  if (result.error !== undefined) fail(`npm could not be started: ${result.error.message}`);
  if (result.signal !== null) process.exit(128 + constants.signals[result.signal]);
  if (result.status !== 0) fail(`npm ci ended with status ${result.status}; its messages are above`);
  console.log(`Installed in ${Math.round((Date.now() - startedAtMs) / 1000)} s.`);
}

function findNode() {
  const packaged = join(BIN, 'node');
  if (existsSync(packaged) && spawnSync(packaged, ['--version']).status === 0) return packaged;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return process.execPath;
  fail(
    `expected Node ${NODE_MIN.join('.')} or newer, got ${process.versions.node}. On Linux (glibc, x64 or arm64) ` +
      `npm brings Node 24 along; on ${process.platform} ${process.arch} please install Node 24 yourself`,
  );
}

/** Runs until the end of the command, hands signals on, and ends as the command ended. */
function run(node, nodeArgs) {
  const child = spawn(node, nodeArgs, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  // npm that is killed does not tell its script; the script sees another parent instead.
  const parentPid = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parentPid) child.kill('SIGTERM');
  }, 500);
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (status, signal) => {
    clearInterval(watch);
    process.exit(signal === null ? status : 128 + constants.signals[signal]);
  });
}

function fail(message) {
  console.error(`launch: ${message}`);
  process.exit(1);
}
