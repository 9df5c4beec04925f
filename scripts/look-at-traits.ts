/**
 * Looks at heads of the data set: a row a seed; front, three-quarter, side, back, normal maps, landmarks.
 *
 *     node scripts/look-at-traits.ts OUT.png '{"hair":"afro"}' [SEED [ROWS]]
 *
 * Traits that are not given are drawn to fit, anew for every row. With `"plain":1` among them they are those of an
 * average bare young man instead.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { z } from 'zod';
import { createStudio, type Shot, studioCamera } from '../apps/gpu-runner/src/dataset/render-identity.ts';
import type { Lamp, Light } from '../apps/gpu-runner/src/dataset/render/sample-light.ts';
import { sampleTraits } from '../apps/gpu-runner/src/dataset/sample-traits.ts';
import { studioInputs } from '../apps/gpu-runner/src/dataset/studio-inputs.ts';
import { TRAITS, type TraitName, type Traits } from '../apps/gpu-runner/src/dataset/traits.ts';
import { TeacherManifest } from '../apps/gpu-runner/src/teacher/teacher-manifest.ts';
import { createRandom } from '../apps/gpu-runner/src/tensor/random.ts';

const MODELS = new URL('../models/', import.meta.url);
const SIZE = 256;
const GRAY = { from: [0.55, 0.57, 0.6], to: [0.4, 0.42, 0.45], kind: 'linear', x: 0, y: 1 } as const;

const FLAT = {
  sky: [1, 1, 1],
  ground: [0.95, 0.95, 0.95],
  lamps: [],
  rim: 0,
  gloss: 0.2,
  occlusion: 0.2,
} as const;

const [out, text = '{}', firstSeed = '1', rowCount = '4'] = process.argv.slice(2);
if (out === undefined) {
  console.error(`usage: node scripts/look-at-traits.ts OUT.png '{"hair":"afro"}' [SEED [ROWS]]`);
  process.exit(2);
}
const read = (path: string): string => readFileSync(new URL(path, MODELS), 'utf8');
const inputs = studioInputs(
  readFileSync(new URL('head-template/head-data.npz', MODELS)),
  JSON.parse(read('head-template/landmarks.json')),
  TeacherManifest.parse(JSON.parse(read('starter/teacher.json'))),
);
const studio = createStudio(inputs);
const { plain, ...wanted } = z.record(z.string(), z.union([z.string(), z.number()])).parse(JSON.parse(text));
for (const [name, value] of Object.entries(wanted)) {
  const known: readonly unknown[] | undefined = name in TRAITS ? TRAITS[name as TraitName] : undefined;
  if (!known?.includes(value)) throw new Error(`look-at-traits: no trait ${name} of ${value}`);
}
// Checked against TRAITS above.
const chosen = wanted as Partial<Traits>;

const rows: Buffer[] = [];
for (let row = 0; row < Number(rowCount); row++) {
  const seed = Number(firstSeed) + row;
  const random = createRandom(seed);
  const traits =
    plain === undefined ? sampleTraits(random.fork('traits'), chosen) : { ...plainTraits(), ...chosen };
  const started = performance.now();
  const pictures = studio.renderTraits(traits, random, shots(), SIZE);
  console.log(seed, `${Math.round(performance.now() - started)} ms`, told(traits));
  const tiles = [...pictures.map((picture) => picture.image), pictures[0].landmarks];
  const images = await Promise.all(
    tiles.map((image) =>
      sharp(image, { raw: { width: SIZE, height: SIZE, channels: 3 } })
        .png()
        .toBuffer(),
    ),
  );
  rows.push(
    await sharp({ create: { width: SIZE * tiles.length, height: SIZE, channels: 3, background: '#000' } })
      .composite(images.map((input, i) => ({ input, left: i * SIZE, top: 0 })))
      .png()
      .toBuffer(),
  );
}
await sharp({ create: { width: SIZE * 8, height: SIZE * rows.length, channels: 3, background: '#000' } })
  .composite(rows.map((input, i) => ({ input, left: 0, top: i * SIZE })))
  .png()
  .toFile(out);

function shots(): Shot[] {
  const shot = (kind: Shot['kind'], azimuthDegrees: number, lit: boolean, elevation = 0.05): Shot => {
    const camera = studioCamera(inputs.framing, (azimuthDegrees * Math.PI) / 180, elevation);
    return { kind, camera, light: lit ? keyLight(camera.right) : FLAT, background: GRAY };
  };
  return [
    shot('photo', 0, true),
    shot('photo', -35, true),
    shot('photo', 90, true),
    shot('photo', 180, true),
    shot('photo', 15, false, 0.4),
    shot('normals', 0, false),
    shot('normals', 60, false),
  ];
}

function keyLight(right: readonly [number, number, number]): Light {
  const lamp = (across: number, y: number, strength: number): Lamp => {
    // In front of the camera's side of the head: right × up points back at the viewer.
    const d = [right[0] * across - right[2] * 0.8, y, right[2] * across + right[0] * 0.8];
    const length = Math.hypot(d[0], d[1], d[2]);
    return {
      direction: [d[0] / length, d[1] / length, d[2] / length],
      color: [strength, strength, strength],
    };
  };
  return {
    sky: [0.5, 0.5, 0.52],
    ground: [0.36, 0.35, 0.34],
    lamps: [lamp(-0.6, 0.5, 0.6)],
    rim: 0.15,
    gloss: 0.8,
    occlusion: 0.8,
  };
}

function plainTraits(): Traits {
  const first = Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]]));
  // TRAITS has at least one value for every name.
  return { ...(first as Traits), age: 'young', skin: 'fair', hairColor: 'brown' };
}

/** The traits that differ from the plain ones. */
function told(traits: Traits): string {
  const usual = plainTraits();
  return (Object.keys(TRAITS) as TraitName[])
    .filter((name) => traits[name] !== usual[name])
    .map((name) => `${name}=${traits[name]}`)
    .join(' ');
}
