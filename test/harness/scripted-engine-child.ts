import { readFile } from 'node:fs/promises';
import { STATE_FILE_NAME } from '@headwright/shared/runner/protocol';
import type { Progress } from '@headwright/shared/runner/progress';
import { type Engine, serveEngine } from '../../apps/gpu-runner/src/shell/serve-engine.ts';
import { enterGate } from './gates.ts';

/**
 * An engine process for the tests of everything around the engine. The first word of the prompt
 * says what it does: `gated` waits in the middle for the test (gates.ts, by its second word), `stuck`
 * blocks its thread for good, `broken` throws, `crashing` dies; any other makes its files at once. What it was given to start from is in
 * its warnings, and in the state that it leaves.
 */
const scriptedEngine: Engine = async ({ kind, base, resume, prompt, seed, renditions = [] }, report) => {
  const [behavior, name] = prompt.split(' ');
  const baseText = base === null ? null : await readFile(base, 'utf8');
  const warnings = ['a scripted head'];
  if (baseText !== null) warnings.push(`${kind} of ${baseText}`);
  if (resume !== null) warnings.push(`resumed ${await readFile(resume, 'utf8')}`);
  report.onProgress(progressAt(0, 30));
  if (behavior === 'broken') throw new Error('the scripted engine was told to fail');
  if (behavior === 'crashing') process.kill(process.pid, 'SIGSEGV');
  if (behavior === 'stuck') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  for (let step = 1; step <= 30; step++) {
    report.onProgress(progressAt(step, 30));
    if (step === 5) await report.onCheckpoint(Buffer.from(`step 5 of ${prompt}`));
    if (step === 10 && behavior === 'gated') await enterGate(name);
    if (step === 15) report.onPreview(PNG_OF_ONE_PIXEL);
  }
  if (kind === 'export') {
    const made = renditions.map(({ name }) => {
      const bytes = Buffer.from(`${name} from ${baseText}`);
      return [name, { bytes, contentType: 'model/gltf-binary' }] as const;
    });
    return { files: new Map(made), warnings };
  }
  return {
    files: new Map([
      ['head.glb', { bytes: Buffer.from(`glb of ${prompt} ${seed}`), contentType: 'model/gltf-binary' }],
      ['views/front.png', { bytes: PNG_OF_ONE_PIXEL, contentType: 'image/png' }],
      [
        STATE_FILE_NAME,
        { bytes: Buffer.from(`state of ${prompt}`), contentType: 'application/octet-stream' },
      ],
    ]),
    warnings,
  };
};

const PNG_OF_ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function progressAt(step: number, of: number): Progress {
  return { stage: 'geometry', stage_index: 1, stage_count: 4, step, of, fraction: step / of, eta_s: null };
}

await serveEngine(async () => {
  if (process.argv[2] === 'unloadable-teacher') throw new Error('the teacher is refused');
  return scriptedEngine;
});
