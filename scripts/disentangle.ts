/**
 * Shows that shape and texture are apart: the textures of some finished heads on the shapes of all of them.
 *
 *     node scripts/disentangle.ts OUT.png HEAD/head.state HEAD/head.state …
 *
 * A row for each shape: its normals, then each head's color field, asked on that surface at rest. On the diagonal lies what
 * the texture stage has painted; it has seen no other of these shapes.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { writeFileWhole } from '../apps/gpu-runner/src/shell/write-file-whole.ts';
import { orbitCamera } from '../apps/gpu-runner/src/ssd/cameras/orbit.ts';
import type { ColorField } from '../apps/gpu-runner/src/ssd/color-field/color-field.ts';
import { encodePng, toBytes } from '../apps/gpu-runner/src/ssd/export/encode-image.ts';
import { renderNormals } from '../apps/gpu-runner/src/ssd/renderer/render-normals.ts';
import { createRenderTarget } from '../apps/gpu-runner/src/ssd/renderer/render-target.ts';
import { prepareSurface, type Surface } from '../apps/gpu-runner/src/ssd/renderer/surface.ts';
import { createPointBuffer, renderColors } from '../apps/gpu-runner/src/ssd/stages/render-colors.ts';
import { restoreFields } from '../apps/gpu-runner/src/ssd/stages/restore-fields.ts';
import { decodeHeadState } from '../apps/gpu-runner/src/ssd/state/head-state.ts';
import { loadHeadTemplate } from '../apps/gpu-runner/src/teacher/load-head-template.ts';
import { loadTeacher } from '../apps/gpu-runner/src/teacher/load-teacher.ts';

const SIZE = 256;
const AZIMUTH_RAD = 0.4;

const [out, ...stateFiles] = process.argv.slice(2);
if (out === undefined || stateFiles.length < 2) {
  console.error('usage: node scripts/disentangle.ts OUT.png HEAD/head.state HEAD/head.state …');
  process.exit(2);
}
const models = fileURLToPath(new URL('../models/', import.meta.url));
const { framing } = await loadTeacher(`${models}starter`);
const headTemplate = await loadHeadTemplate(`${models}head-template`);
const states = stateFiles.map((file) => decodeHeadState(readFileSync(file)));
const textures: ColorField[] = [];
for (const state of states) textures.push((await restoreFields(state, headTemplate)).colors);

const tiles: Uint8Array[] = [];
for (const { mesh } of states) {
  const surface = prepareSurface(mesh);
  tiles.push(await drawShape(surface));
  for (const texture of textures) tiles.push(await drawTexture(surface, texture));
}
const columns = 1 + textures.length;
const canvas = {
  width: columns * SIZE,
  height: states.length * SIZE,
  channels: 3 as const,
  background: 'white',
};
const layers = tiles.map((tile, i) => ({
  input: Buffer.from(tile),
  left: (i % columns) * SIZE,
  top: Math.floor(i / columns) * SIZE,
}));
await writeFileWhole(
  out,
  await sharp({ create: canvas }).composite(layers).png({ palette: true }).toBuffer(),
);
console.log(`written to ${out}`);
process.exit(0);

async function drawTexture(surface: Surface, field: ColorField): Promise<Uint8Array> {
  const target = createRenderTarget(SIZE);
  const view = { camera: orbitCamera(framing, AZIMUTH_RAD), background: [1, 1, 1] as const };
  await renderColors({ field, surface }, [view], [target], createPointBuffer([target]));
  return encodePng(toBytes(target.image), SIZE);
}

async function drawShape(surface: Surface): Promise<Uint8Array> {
  const target = createRenderTarget(SIZE);
  renderNormals(surface, orbitCamera(framing, AZIMUTH_RAD), target);
  return encodePng(toBytes(target.image), SIZE);
}
