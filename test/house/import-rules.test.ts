import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const configPath = join(root, '.dependency-cruiser.cjs');

/** One forbidden import for each rule: the file that is planted and the line that it consists of. */
const PLANTS: Record<string, { file: string; line: string }> = {
  'no import is left unresolved': { file: 'scripts/a.ts', line: `import '../apps/missing.ts';` },
  'no file imports itself in a circle': {
    file: 'scripts/ring-back.ts',
    line: `import './ring.ts';`,
  },
  'nothing but tests imports tests or test/': {
    file: 'scripts/b.ts',
    line: `import '../test/harness/edge.ts';`,
  },
  'apps never import each other': {
    file: 'apps/gpu-runner/src/shell/a.ts',
    line: `import '../../../edge/src/env.ts';`,
  },
  'apps import no scripts': { file: 'apps/edge/src/a.ts', line: `import '../../../scripts/seed.ts';` },
  'shared imports zod and nothing of ours': {
    file: 'packages/shared/src/a.ts',
    line: `import '../../../apps/edge/src/env.ts';`,
  },
  'only services and db import drizzle': {
    file: 'apps/edge/src/scheduled/a.ts',
    line: `import 'drizzle-orm';`,
  },
  'routes and middleware never import db or ports': {
    file: 'apps/edge/src/routes/v1/a.ts',
    line: `import type {} from '../../db/client.ts';`,
  },
  'services never import hono, routes, http or cloudflare modules': {
    file: 'apps/edge/src/services/jobs/a.ts',
    line: `import 'cloudflare:workers';`,
  },
  'services know ports by their types only': {
    file: 'apps/edge/src/services/jobs/b.ts',
    line: `import '../../ports/clock.ts';`,
  },
  'db and ports import no layer above them': {
    file: 'apps/edge/src/db/a.ts',
    line: `import '../services/errors.ts';`,
  },
  'only worker imports app': { file: 'apps/edge/src/routes/b.ts', line: `import '../app.ts';` },
  'nothing imports worker': { file: 'apps/edge/src/http/a.ts', line: `import '../worker.ts';` },
  'only deps chooses between real and fake ports': {
    file: 'apps/edge/src/scheduled/b.ts',
    line: `import '../ports/clock.ts';`,
  },
  'only session and execution-provider import onnxruntime-node': {
    file: 'apps/gpu-runner/src/onnx/graph.ts',
    line: `import 'onnxruntime-node';`,
  },
  'of ssd, only diffusion and neural-field import onnx': {
    file: 'apps/gpu-runner/src/ssd/renderer/a.ts',
    line: `import '../../onnx/session.ts';`,
  },
  'onnx knows tensors and no heads': {
    file: 'apps/gpu-runner/src/onnx/a.ts',
    line: `import '../ssd/mesh.ts';`,
  },
  'only export imports glTF, mesh and image packages': {
    file: 'apps/gpu-runner/src/shell/b.ts',
    line: `import 'sharp';`,
  },
  'ssd is handed bytes, seeds and callbacks and never reaches for the world': {
    file: 'apps/gpu-runner/src/ssd/stages/a.ts',
    line: `import 'node:fs';`,
  },
  'ssd knows a teacher by its types only': {
    file: 'apps/gpu-runner/src/ssd/stages/b.ts',
    line: `import '../../teacher/load-teacher.ts';`,
  },
  'teacher knows onnx and tensors, and nothing of the loop or the shell': {
    file: 'apps/gpu-runner/src/teacher/a.ts',
    line: `import '../ssd/generate-head.ts';`,
  },
  'parts of ssd import neither stages nor generate-head': {
    file: 'apps/gpu-runner/src/ssd/optimizer/a.ts',
    line: `import '../generate-head.ts';`,
  },
  'parts of ssd do not import each other': {
    file: 'apps/gpu-runner/src/ssd/regularizers/a.ts',
    line: `import '../renderer/rasterize.ts';`,
  },
  'of the other parts, distillation imports diffusion alone': {
    file: 'apps/gpu-runner/src/ssd/distillation/a.ts',
    line: `import '../renderer/rasterize.ts';`,
  },
  'of the other parts, color-field and tetrahedral-grid import neural-field alone': {
    file: 'apps/gpu-runner/src/ssd/tetrahedral-grid/a.ts',
    line: `import '../renderer/rasterize.ts';`,
  },
  'of the other parts, deformation imports tetrahedral-grid alone': {
    file: 'apps/gpu-runner/src/ssd/deformation/a.ts',
    line: `import '../renderer/rasterize.ts';`,
  },
  'of the other parts, export imports renderer and color-field alone': {
    file: 'apps/gpu-runner/src/ssd/export/a.ts',
    line: `import '../landmarks/draw-landmarks.ts';`,
  },
  'dataset draws with ssd renderer, cameras, landmarks and mesh, and knows no loop and no networks': {
    file: 'apps/gpu-runner/src/dataset/hair/a.ts',
    line: `import '../../onnx/session.ts';`,
  },
  'dataset knows a teacher by its types only': {
    file: 'apps/gpu-runner/src/dataset/hair/b.ts',
    line: `import '../../teacher/load-teacher.ts';`,
  },
  'of dataset, only shards reach for the world': {
    file: 'apps/gpu-runner/src/dataset/hair/c.ts',
    line: `import 'node:fs';`,
  },
  'training reads shards and knows the rest of the dataset by types only': {
    file: 'apps/gpu-runner/src/training/a.ts',
    line: `import '../dataset/traits.ts';`,
  },
  'the engine knows neither dataset nor training': {
    file: 'apps/gpu-runner/src/ssd/renderer/b.ts',
    line: `import type {} from '../../dataset/traits.ts';`,
  },
  'tensor imports nothing but zlib': {
    file: 'apps/gpu-runner/src/tensor/a.ts',
    line: `import '../ssd/mesh.ts';`,
  },
};

/** Files that the plants import, and imports that are allowed, in which no rule may bite. */
const ALLOWED: Record<string, string> = {
  'scripts/ring.ts': `import './ring-back.ts';`,
  'scripts/seed.ts': '',
  'test/harness/edge.ts': '',
  'apps/edge/src/env.ts': `import 'zod';\nimport '@headwright/shared/ids';`,
  'apps/edge/src/worker.ts': `import './app.ts';`,
  'apps/edge/src/app.ts': `import 'hono';`,
  'apps/edge/src/db/client.ts': `import 'drizzle-orm';`,
  'apps/edge/src/ports/clock.ts': '',
  'apps/edge/src/deps.ts': `import './ports/clock.ts';`,
  'apps/edge/src/services/errors.ts': `import type {} from '../ports/clock.ts';`,
  'apps/gpu-runner/src/onnx/session.ts': `import 'onnxruntime-node';`,
  'apps/gpu-runner/src/teacher/load-teacher.ts': `import '../onnx/session.ts';`,
  'apps/gpu-runner/src/ssd/mesh.ts': '',
  'apps/gpu-runner/src/ssd/generate-head.ts': `import type {} from '../teacher/load-teacher.ts';`,
  'apps/gpu-runner/src/ssd/neural-field/mlp.ts': `import '../../onnx/session.ts';`,
  'apps/gpu-runner/src/ssd/color-field/color-field.ts': `import '../neural-field/mlp.ts';`,
  'apps/gpu-runner/src/ssd/renderer/rasterize.ts': `import '../mesh.ts';`,
  'apps/gpu-runner/src/ssd/export/write-glb.ts': `import '../renderer/rasterize.ts';\nimport 'sharp';`,
  'apps/gpu-runner/src/ssd/landmarks/draw-landmarks.ts': '',
  'apps/gpu-runner/src/tensor/read-npz.ts': `import 'node:zlib';`,
  'apps/gpu-runner/src/dataset/traits.ts': '',
  'apps/gpu-runner/src/dataset/render/render-parts.ts': `import '../../ssd/renderer/rasterize.ts';`,
  'apps/gpu-runner/src/dataset/shards/open-dataset.ts': `import 'node:fs';\nimport '../traits.ts';`,
  'apps/gpu-runner/src/training/run.ts': `import '../dataset/shards/open-dataset.ts';\nimport type {} from '../dataset/traits.ts';`,
};

const CruiseResult = z.object({
  modules: z.array(
    z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) }),
  ),
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Runs dependency-cruiser as `npm run verify` does, in `directory`, and returns its JSON report. */
async function cruise(directory: string): Promise<z.infer<typeof CruiseResult>> {
  const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['apps', 'packages', 'scripts', 'test'];
  const args = [binary, '--config', configPath, '--output-type', 'json', ...folders];
  const stdout = await new Promise<string>((resolve, reject) => {
    const options = { cwd: directory, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, out) => {
      // The exit status is the number of violations; only a report that is missing is a failure here.
      if (out === '' && error) reject(error);
      else resolve(out);
    });
  });
  return CruiseResult.parse(JSON.parse(stdout));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

describe('the import rules', () => {
  let planted = '';

  beforeAll(async () => {
    planted = await mkdtemp(join(tmpdir(), 'headwright-import-rules-'));
    await symlink(join(root, 'node_modules'), join(planted, 'node_modules'));
    for (const workspace of ['apps/edge', 'apps/gpu-runner', 'packages/shared']) {
      await write(join(planted, workspace, 'package.json'), '{"type":"module"}');
      const installed = join(root, workspace, 'node_modules');
      if (existsSync(installed)) await symlink(installed, join(planted, workspace, 'node_modules'));
    }
    for (const [file, text] of Object.entries(ALLOWED))
      await write(join(planted, file), `${text}\nexport {};\n`);
    for (const { file, line } of Object.values(PLANTS))
      await write(join(planted, file), `${line}\nexport {};\n`);
  });

  afterAll(async () => {
    await rm(planted, { recursive: true, force: true });
  });

  it('each name a planted import that breaks them, and nothing that is allowed', async () => {
    const { violations } = (await cruise(planted)).summary;
    const named = new Set(violations.map(({ rule, from }) => `${from}: ${rule.name}`));

    for (const [name, { file }] of Object.entries(PLANTS)) expect(named).toContain(`${file}: ${name}`);
    const innocent = Object.keys(ALLOWED).filter((file) => file !== 'scripts/ring.ts');
    expect(violations.filter(({ from }) => innocent.includes(from))).toEqual([]);
  });

  it('are all planted against', () => {
    const config: unknown = createRequire(import.meta.url)(configPath);
    const { forbidden } = z.object({ forbidden: z.array(z.object({ name: z.string() })) }).parse(config);
    expect(forbidden.map((rule) => rule.name).toSorted()).toEqual(Object.keys(PLANTS).toSorted());
  });

  it('hold in this repository, of which every source file is read', async () => {
    const { modules, summary } = await cruise(root);
    expect(summary.violations.map(({ rule, from }) => `${from}: ${rule.name}`)).toEqual([]);

    const read = new Set(modules.map((module) => module.source));
    const sources = globSync('{apps,packages}/*/src/**/*.ts', { cwd: root }).filter(
      (path) => !path.endsWith('.d.ts'),
    );
    expect(sources.filter((path) => !read.has(path))).toEqual([]);

    const acrossWorkspaces = modules
      .filter((module) => module.source.startsWith('apps/'))
      .flatMap((module) => module.dependencies.map((dependency) => dependency.resolved))
      .filter((path) => path.startsWith('packages/shared/src/'));
    expect(acrossWorkspaces.length, 'imports of @headwright/shared that were followed').toBeGreaterThan(0);
  });
});
