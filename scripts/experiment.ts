/**
 * Makes one head with some hyper-parameters replaced, for experiments: `npm run head` with a settings file.
 *
 *     node scripts/experiment.ts "a prompt" OUT SETTINGS.json [seed] [TEMPLATE_DIR] [TEACHER_DIR]
 *
 * SETTINGS.json is {"preset": "draft", "geometry": {…}, "texture": {…}, "export": {…}}: fields of
 * `HeadSettings` (apps/gpu-runner/src/ssd/config.ts) that replace the preset's; {"both": {…}} replaces in both stages:
 *
 *     the four estimates                {"estimate": "ssd" | "ssd-paper" | "sds" | "vsd"}; the last leaves OUT/lora-loss.csv
 *     no landmarks                      {"controlStrength": {"target": 0, "estimate": 0}}
 *     landmarks in the target only      {"controlStrength": {"target": 1, "estimate": 0}}
 *     no negative prompt                {"negativePrompt": false}
 *     less noise                        {"guidanceRescale": 0.7}, {"gradientBound": 1}, {"weighting": "clean"},
 *                                       {"timesteps": [{"untilProgress": 1, "range": [20, 500], "guidanceShare": 0.5}]}
 *     a refinement                      {"refine": {}}, beside the preset: fields that replace those of PRESET_REFINEMENTS
 *     a kind of character               {"wording": {"character": "unreal"}}, beside the preset; so is "viewWords"
 *     nothing moves without guidance    {"guidanceScale": 1, "anchor": 0}, and in geometry
 *                                       {"normalConsistency": 0, "laplacian": 0}
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnginePreset } from '@headwright/shared/presets';
import { z } from 'zod';
import { writeFileWhole } from '../apps/gpu-runner/src/shell/write-file-whole.ts';
import { PRESET_REFINEMENTS, PRESET_SETTINGS } from '../apps/gpu-runner/src/ssd/config.ts';
import { generateHead } from '../apps/gpu-runner/src/ssd/generate-head.ts';
import { replaceSettings } from '../apps/gpu-runner/src/ssd/replace-settings.ts';
import { openTextEncoder } from '../apps/gpu-runner/src/teacher/encode-text.ts';
import { loadHeadTemplate } from '../apps/gpu-runner/src/teacher/load-head-template.ts';
import { loadTeacher } from '../apps/gpu-runner/src/teacher/load-teacher.ts';

const Part = z.record(z.string(), z.unknown()).default({});
const Experiment = z.strictObject({
  preset: EnginePreset,
  both: Part,
  geometry: Part,
  texture: Part,
  export: Part,
  refine: z.record(z.string(), z.unknown()).optional(),
  negativePrompt: z.string().nullable().default(null),
  wording: z
    .strictObject({
      character: z.enum(['real', 'unreal']).optional(),
      viewWords: z.strictObject({ front: z.string(), side: z.string(), back: z.string() }).optional(),
    })
    .default({}),
});

const [prompt, out, settingsFile, seed = '1', template, teacherDirectory] = process.argv.slice(2);
if (prompt === undefined || out === undefined || settingsFile === undefined) {
  console.error(
    'usage: node scripts/experiment.ts "a prompt" OUT SETTINGS.json [seed] [TEMPLATE_DIR] [TEACHER_DIR]',
  );
  process.exit(2);
}
const experiment = Experiment.parse(JSON.parse(readFileSync(settingsFile, 'utf8')));
const models = fileURLToPath(new URL('../models/', import.meta.url));
const teacher = await loadTeacher(teacherDirectory ?? `${models}starter`);
const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
const { preset, both, geometry, texture, negativePrompt, wording } = experiment;
const loraLosses: string[] = ['stage,step,loss'];
const stepsOf = { geometry: 0, texture: 0 };
const base = {
  ...PRESET_SETTINGS[preset],
  ...(experiment.refine ? { refine: PRESET_REFINEMENTS[preset] } : {}),
};
const head = await generateHead({
  prompt,
  negativePrompt,
  wording,
  seed: Number(seed),
  preset,
  settings: replaceSettings(base, {
    geometry: { ...both, ...geometry },
    texture: { ...both, ...texture },
    export: experiment.export,
    ...(experiment.refine ? { refine: experiment.refine } : {}),
  }),
  teacher,
  headTemplate: await loadHeadTemplate(template ?? `${models}head-template`),
  encodeText: encoder.encode,
  onProgress: ({ stage, step, of }) => {
    if (step === of || step % 50 === 0) console.log(`${stage} ${step}/${of}`);
  },
  onLoraLoss: (stage, loss) => loraLosses.push(`${stage},${++stepsOf[stage]},${loss}`),
});
for (const [name, { bytes }] of head.files) await writeFileWhole(join(out, name), bytes);
if (loraLosses.length > 1) {
  await writeFileWhole(join(out, 'lora-loss.csv'), new TextEncoder().encode(`${loraLosses.join('\n')}\n`));
}
console.log(`written to ${out}`);
process.exit(0);
