/**
 * Renews what depends on the weights in models/starter, after `npm run teacher -- pack … --out models/starter`.
 *
 *     node scripts/renew-starter.ts --python PYTHON [--vae DIR] [--denoiser DIR]
 *
 * PYTHON has torch and diffusers (scripts/fixtures/networks.py says how) and makes the golden vectors; without it they
 * are left as they are. The folders of the two trainings give their loss curves. Sample sheet and the measured part of
 * docs/models.md are always renewed.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { loadTeacher, type Teacher } from '../apps/gpu-runner/src/teacher/load-teacher.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STARTER = join(ROOT, 'models/starter');
const PAGE = join(ROOT, 'docs/models.md');
const FIXTURES = join(ROOT, 'test/fixtures/networks');
const PICTURES = [
  ['teacher-samples.png', 'Samples of the shipped teacher: a row a prompt, a column a view, landmarks below'],
  ['teacher-loss.svg', 'Loss of UNet and ControlNet'],
  ['autoencoder-loss.svg', 'Loss of the autoencoder'],
] as const;
const PROMPTS = [
  'a young woman with long black hair',
  'a DSLR portrait of an old man with a white beard',
  'a green orc with horns',
  'a clown with red lips',
  'a marble statue of a man',
  'a man wearing glasses and a red baseball cap',
];

const { values } = parseArgs({
  options: { python: { type: 'string' }, vae: { type: 'string' }, denoiser: { type: 'string' } },
});
const teacher = await loadTeacher(STARTER);
if (values.python === undefined) console.log('golden vectors: left as they are (no --python)');
else {
  run(values.python, ['scripts/fixtures/networks.py', 'models/starter', 'test/fixtures/networks']);
  for (const name of ['starter', 'conv-projection', 'linear-projection'])
    chmodSync(join(FIXTURES, `${name}.safetensors`), 0o644);
}
run(process.execPath, ['scripts/teacher.ts', 'sample', ...PROMPTS, '--out', picture(PICTURES[0][0])]);
if (values.denoiser !== undefined)
  copyFileSync(join(values.denoiser, 'loss.svg'), picture('teacher-loss.svg'));
if (values.vae !== undefined) copyFileSync(join(values.vae, 'loss.svg'), picture('autoencoder-loss.svg'));
const page = readFileSync(PAGE, 'utf8');
const block = /<!-- teacher -->[\s\S]*<!-- end of teacher -->/;
if (!block.test(page)) throw new Error(`renewStarter: ${PAGE}: expected <!-- teacher -->`);
writeFileSync(
  PAGE,
  page.replace(block, () => `<!-- teacher -->\n\n${describe(teacher)}\n\n<!-- end of teacher -->`),
);
console.log(`${PAGE}: renewed. Now npm test, and the README's contact sheet: scripts/contact-sheet.ts`);

function picture(name: string): string {
  return join(ROOT, 'docs/pictures', name);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`renewStarter: ${command} ${args.join(' ')}: expected exit status 0, got ${status}`);
}

/** The measured part of docs/models.md: parts with their sizes, how they were trained, pictures. */
function describe({ manifest, files, training, sha256 }: Teacher): string {
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2);
  const parts = new Map<string, { bytes: number; license: string; source: string }>();
  for (const { path, bytes, license, source } of files) {
    const part = path.includes('/') ? path.slice(0, path.indexOf('/')) : path;
    const known = parts.get(part)?.bytes ?? 0;
    parts.set(part, { bytes: known + bytes, license, source });
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const { imageSize, latentSize, latentChannels, name } = manifest;
  const lines = [
    `\`${name}\`: pictures of ${imageSize}², latents of ${latentSize}×${latentSize}×${latentChannels}, ${manifest.knownWords.words.length} known words, ${mebibytes(total)} MiB, digest \`${sha256.slice(0, 16)}\`.`,
    '',
    '| part | MiB | license | source |',
    '|---|---|---|---|',
    ...Array.from(parts, ([part, { bytes, license, source }]) => {
      return `| ${part} | ${mebibytes(bytes)} | ${license} | ${source} |`;
    }),
    '',
  ];
  if (training) {
    const { data, gitCommit } = training;
    lines.push(
      `Trained on ${data.pictures} pictures of ${data.identities} people (data seed ${data.seed}, ${Math.round(100 * data.badShare)} % bad pictures); packed at commit ${gitCommit ?? 'unknown'}.`,
      '',
      '| training | parameters | steps | held-out losses |',
      '|---|---|---|---|',
    );
    for (const part of ['autoencoder', 'denoiser'] as const) {
      const trained = training[part];
      if (!trained) continue;
      const losses = Object.entries(trained.heldOut).map(([kind, loss]) => `${kind} ${loss.toPrecision(3)}`);
      lines.push(
        `| ${part} | ${(trained.parameters / 1e6).toFixed(2)} M | ${trained.steps} | ${losses.join(', ')} |`,
      );
    }
  } else lines.push('Its manifest tells nothing about its training: it comes from before `teacher pack`.');
  for (const [file, title] of PICTURES) {
    if (existsSync(picture(file))) lines.push('', `![${title}](pictures/${file})`);
  }
  return lines.join('\n');
}
