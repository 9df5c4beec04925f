/**
 * Makes one head with some hyper-parameters replaced, for experiments: `npm run head` with a settings file.
 *
 *     node scripts/experiment.ts "a prompt" OUT SETTINGS.json [seed]
 *
 * SETTINGS.json is {"preset": "draft", "geometry": {…}, "texture": {…}, "export": {…}}: fields of
 * `HeadSettings` (apps/gpu-runner/src/ssd/config.ts) that replace the preset's; {"both": {…}} replaces in both stages:
 *
 *     the four estimates                {"estimate": "ssd" | "ssd-paper" | "sds" | "vsd"}
 *     no landmarks                      {"controlStrength": {"target": 0, "estimate": 0}}
 *     landmarks in the target only      {"controlStrength": {"target": 1, "estimate": 0}}
 *     no negative prompt                {"negativePrompt": false}
 *     less noise                        {"guidanceRescale": 0.7}, {"gradientBound": 1}, {"weighting": "clean"},
 *                                       {"timesteps": [{"untilProgress": 1, "range": [20, 500]}]}
 *     nothing moves without guidance    {"guidanceScale": 1, "anchor": 0}, and in geometry
 *                                       {"normalConsistency": 0, "laplacian": 0}
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Preset } from '@headwright/shared/presets';
import { z } from 'zod';
import { writeFileWhole } from '../apps/gpu-runner/src/shell/write-file-whole.ts';
import { type HeadSettings, PRESET_SETTINGS } from '../apps/gpu-runner/src/ssd/config.ts';
import { generateHead } from '../apps/gpu-runner/src/ssd/generate-head.ts';
import { openTextEncoder } from '../apps/gpu-runner/src/teacher/encode-text.ts';
import { loadHeadTemplate } from '../apps/gpu-runner/src/teacher/load-head-template.ts';
import { loadTeacher } from '../apps/gpu-runner/src/teacher/load-teacher.ts';

/** What a preset may leave to the teacher's manifest. */
const TEACHERS_OWN = ['guidanceScale', 'anchor', 'timesteps'];
const Part = z.record(z.string(), z.unknown()).default({});
const Experiment = z.strictObject({
  preset: Preset,
  both: Part,
  geometry: Part,
  texture: Part,
  export: Part,
});

const [prompt, out, settingsFile, seed = '1'] = process.argv.slice(2);
if (prompt === undefined || out === undefined || settingsFile === undefined) {
  console.error('usage: node scripts/experiment.ts "a prompt" OUT SETTINGS.json [seed]');
  process.exit(2);
}
const experiment = Experiment.parse(JSON.parse(readFileSync(settingsFile, 'utf8')));
const models = fileURLToPath(new URL('../models/', import.meta.url));
const teacher = await loadTeacher(`${models}starter`);
const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
const head = await generateHead({
  prompt,
  negativePrompt: null,
  seed: Number(seed),
  preset: experiment.preset,
  settings: replaceSettings(PRESET_SETTINGS[experiment.preset], experiment),
  teacher,
  headTemplate: await loadHeadTemplate(`${models}head-template`),
  encodeText: encoder.encode,
  onProgress: ({ stage, step, of }) => {
    if (step === of || step % 50 === 0) console.log(`${stage} ${step}/${of}`);
  },
});
for (const [name, { bytes }] of head.files) await writeFileWhole(join(out, name), bytes);
console.log(`written to ${out}`);
process.exit(0);

/** Unknown fields are refused by name; values are the experimenter's own. */
function replaceSettings(base: HeadSettings, parts: z.infer<typeof Experiment>): HeadSettings {
  const stage = <T extends object>(name: 'geometry' | 'texture', settings: T): T => ({
    ...settings,
    ...known('both', settings, parts.both),
    ...known(name, settings, parts[name]),
  });
  return {
    geometry: stage('geometry', base.geometry),
    texture: stage('texture', base.texture),
    export: { ...base.export, ...known('export', base.export, parts.export) },
  };
}

function known(part: string, settings: object, replaced: Record<string, unknown>): Record<string, unknown> {
  const fields = [...Object.keys(settings), ...TEACHERS_OWN];
  for (const field of Object.keys(replaced)) {
    if (!fields.includes(field)) throw new Error(`experiment: ${part}.${field}: expected one of ${fields}`);
  }
  return replaced;
}
