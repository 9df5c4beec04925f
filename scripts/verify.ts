import { spawn } from 'node:child_process';

const HELP = `Usage: npm run verify

Runs every check that needs no test, side by side: types, lint, format, unused code, import rules.
`;

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const PROJECTS = [
  '.',
  'apps/edge',
  'apps/edge/src/playground',
  'apps/gpu-runner',
  'packages/client',
  'packages/shared',
  'test/jobs',
  'scripts/operator',
];

const CHECKS: readonly Check[] = [
  ...PROJECTS.map((path) => ({ name: `types of ${path}`, command: 'tsc', args: ['-p', path] })),
  { name: 'lint', command: 'oxlint', args: ['--type-aware'] },
  { name: 'format', command: 'biome', args: ['format', '.'] },
  { name: 'unused code', command: 'knip', args: ['--no-progress'] },
  {
    name: 'import rules',
    command: 'depcruise',
    args: ['apps', 'packages', 'scripts', 'test', '--config', '.dependency-cruiser.cjs'],
  },
];

interface CheckResult extends Check {
  readonly passed: boolean;
  readonly output: string;
  readonly durationS: number;
}

function run(check: Check): Promise<CheckResult> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(check.command, check.args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const end = (passed: boolean): void =>
      resolve({ ...check, passed, output, durationS: (performance.now() - startedAtMs) / 1000 });
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (status) => end(status === 0));
  });
}

if (process.argv.includes('--help')) console.log(HELP);
else {
  const results = await Promise.all(CHECKS.map(run));
  for (const { name, output } of results.filter(({ passed }) => !passed)) {
    console.log(`\n== ${name}\n${output.trimEnd()}`);
  }
  console.log();
  for (const { name, passed, durationS } of results) {
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${durationS.toFixed(1)} s)`);
  }
  process.exit(results.every(({ passed }) => passed) ? 0 : 1);
}
