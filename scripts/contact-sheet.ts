/**
 * Composes a contact sheet of heads that `npm run head` made: a row a head, four views and a normal map.
 *
 *     node scripts/contact-sheet.ts OUT.png DIR…
 *
 * Labels come from each folder's recipe.json; the side silhouette's IoU with the template is printed too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { composeContactSheet } from '../apps/gpu-runner/src/ssd/export/contact-sheet.ts';

const Recipe = z.looseObject({
  prompt: z.string(),
  seed: z.number(),
  preset: z.string(),
  mesh: z.looseObject({ sideIouWithTemplate: z.number() }),
  settings: z.looseObject({ geometry: z.looseObject({ guidanceScale: z.number().optional() }) }),
});
const VIEWS = ['preview', 'views/front', 'views/left', 'views/right', 'views/back', 'views/normal-left'];

const [out, ...directories] = process.argv.slice(2);
if (out === undefined || directories.length === 0) {
  console.error('usage: node scripts/contact-sheet.ts OUT.png DIR…');
  process.exit(2);
}
const rows = directories.map((directory) => {
  const recipe = Recipe.parse(JSON.parse(readFileSync(join(directory, 'recipe.json'), 'utf8')));
  const iou = recipe.mesh.sideIouWithTemplate.toFixed(2);
  const { guidanceScale } = recipe.settings.geometry;
  const guidance = guidanceScale === undefined ? '' : `, s = ${guidanceScale}`;
  const label = `${recipe.prompt} (${recipe.preset}, seed ${recipe.seed}${guidance}, side IoU ${iou})`;
  console.log(label);
  return { label, images: VIEWS.map((view) => readFileSync(join(directory, `${view}.png`))) };
});
writeFileSync(out, await composeContactSheet(rows, 192));
