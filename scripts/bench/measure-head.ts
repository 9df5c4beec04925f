import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileWhole } from '../../apps/gpu-runner/src/shell/write-file-whole.ts';
import { type StepPhase } from '../../apps/gpu-runner/src/ssd/stages/run-stage.ts';
import { PRESET_SETTINGS } from '../../apps/gpu-runner/src/ssd/config.ts';
import { generateHead } from '../../apps/gpu-runner/src/ssd/generate-head.ts';
import { openTextEncoder } from '../../apps/gpu-runner/src/teacher/encode-text.ts';
import { loadHeadTemplate } from '../../apps/gpu-runner/src/teacher/load-head-template.ts';
import { loadTeacher } from '../../apps/gpu-runner/src/teacher/load-teacher.ts';
import { SAMPLE } from '../sample-prompt.ts';

/** What one head took. */
export interface HeadMeasurement {
  readonly preset: 'draft' | 'standard';
  readonly wallS: number;
  /** CPU seconds of the whole process, user and system, all threads. */
  readonly cpuS: number;
  readonly peakRssBytes: number;
  /** Seconds from first to last report of each stage. */
  readonly stageS: Readonly<Record<string, number>>;
  /** Milliseconds a step of each phase, median over the steps. */
  readonly phaseMs: Readonly<Record<'geometry' | 'texture', Partial<Record<StepPhase, number>>>>;
  readonly viewsPerStep: Readonly<Record<'geometry' | 'texture', number>>;
}

/** Makes one head with the starter teacher in this process, watches where the time goes, and leaves the head in `out`. */
export async function measureHead(preset: 'draft' | 'standard', out: string): Promise<HeadMeasurement> {
  const models = fileURLToPath(new URL('../../models/', import.meta.url));
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const teacher = await loadTeacher(`${models}starter`);
  const headTemplate = await loadHeadTemplate(`${models}head-template`);
  const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
  const laps = { geometry: new Map<StepPhase, number[]>(), texture: new Map<StepPhase, number[]>() };
  let lastMs = performance.now();
  const head = await generateHead({
    prompt: SAMPLE.prompt,
    negativePrompt: null,
    seed: SAMPLE.seed,
    preset,
    teacher,
    headTemplate,
    encodeText: encoder.encode,
    onProgress: () => {
      lastMs = performance.now();
    },
    onPhase: (stage, phase) => {
      const now = performance.now();
      const times = laps[stage].get(phase) ?? [];
      times.push(now - lastMs);
      laps[stage].set(phase, times);
      lastMs = now;
    },
  });
  const cpu = process.cpuUsage(cpuBefore);
  const wallS = (performance.now() - startedMs) / 1000;
  for (const [name, { bytes }] of head.files) await writeFileWhole(join(out, name), bytes);
  const recipe = head.files.get('recipe.json');
  const { seconds } = JSON.parse(new TextDecoder().decode(recipe?.bytes)) as {
    seconds: Record<string, number>;
  };
  const settings = PRESET_SETTINGS[preset];
  return {
    preset,
    wallS,
    cpuS: (cpu.user + cpu.system) / 1e6,
    // maxRSS is in kibibytes.
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    stageS: seconds,
    phaseMs: { geometry: medians(laps.geometry), texture: medians(laps.texture) },
    viewsPerStep: {
      geometry: settings.geometry.viewsPerStep,
      texture: settings.texture.viewsPerStep,
    },
  };
}

function medians(laps: ReadonlyMap<StepPhase, number[]>): Partial<Record<StepPhase, number>> {
  return Object.fromEntries(
    [...laps].map(([phase, times]) => [phase, times.toSorted((a, b) => a - b)[times.length >> 1]]),
  );
}
