/**
 * Derives models/moderation/ from nsfwjs' MobileNetV2: layers and weights as they are in the package, without what only
 * training needs. The package is not a dependency: it would bring 300 MB of tfjs, and our own runtime has all its layers.
 *
 *     npm pack nsfwjs@4.4.0 && tar xzf nsfwjs-4.4.0.tgz
 *     node scripts/build-moderation-model.ts package
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { writeFileManifest } from '../apps/gpu-runner/src/packing/write-file-manifest.ts';

const FOLDER = fileURLToPath(new URL('../models/moderation/', import.meta.url));

/** What of a layer decides its arithmetic. */
const KEPT = ['strides', 'padding', 'epsilon', 'max_value', 'activation', 'pool_size'];

const Source = z.object({
  modelTopology: z.object({
    model_config: z.object({
      config: z.object({
        layers: z.array(
          z.object({
            name: z.string(),
            class_name: z.string(),
            config: z.record(z.string(), z.unknown()),
            inbound_nodes: z.array(z.array(z.tuple([z.string()]).rest(z.unknown()))),
          }),
        ),
      }),
    }),
  }),
  weightsManifest: z.tuple([
    z.object({
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.int()),
          quantization: z.object({ min: z.number(), scale: z.number(), dtype: z.literal('uint8') }),
        }),
      ),
    }),
  ]),
});

const [packageFolder] = z.tuple([z.string()]).parse(process.argv.slice(2));
const load = createRequire(import.meta.url);
const at = (name: string): string => join(resolve(packageFolder), name);
const model = Source.parse(load(at('dist/models/mobilenet_v2/model.min.js')));
const weights = Buffer.from(
  z.string().parse(load(at('dist/models/mobilenet_v2/group1-shard1of1.min.js'))),
  'base64',
);
const { version } = z.object({ version: z.string() }).parse(load(at('package.json')));

const network = {
  layers: model.modelTopology.model_config.config.layers.map((layer) => ({
    name: layer.name,
    kind: layer.class_name,
    inputs: layer.inbound_nodes.flat().map(([name]) => name),
    settings: Object.fromEntries(Object.entries(layer.config).filter(([key]) => KEPT.includes(key))),
  })),
  weights: model.weightsManifest[0].weights.map(({ name, shape, quantization: { min, scale } }) => ({
    name,
    shape,
    min,
    scale,
  })),
};
writeFileSync(join(FOLDER, 'nsfw.json'), `${JSON.stringify(network)}\n`);
writeFileSync(join(FOLDER, 'nsfw.bin'), weights);
writeFileSync(join(FOLDER, 'LICENSE'), readFileSync(at('LICENSE')));
const origin = { license: 'MIT', source: `npm nsfwjs ${version}, dist/models/mobilenet_v2` };
await writeFileManifest(FOLDER, () => origin);
