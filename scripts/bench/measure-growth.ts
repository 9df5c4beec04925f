import { fileURLToPath } from 'node:url';
import { type GridSpan, type HeadSettings, PRESET_SETTINGS } from '../../apps/gpu-runner/src/ssd/config.ts';
import { generateHead } from '../../apps/gpu-runner/src/ssd/generate-head.ts';
import type { StepPhase } from '../../apps/gpu-runner/src/ssd/stages/run-stage.ts';
import type { FieldSettings } from '../../apps/gpu-runner/src/ssd/tetrahedral-grid/field-settings.ts';
import { openTextEncoder } from '../../apps/gpu-runner/src/teacher/encode-text.ts';
import { loadHeadTemplate } from '../../apps/gpu-runner/src/teacher/load-head-template.ts';
import { loadTeacher } from '../../apps/gpu-runner/src/teacher/load-teacher.ts';
import { SAMPLE } from '../sample-prompt.ts';

/** Processor milliseconds of a step by phase, all threads together. */
export type StepCost = Partial<Record<StepPhase, number>>;

/** What a step cost under one setting. */
export interface GrowthRow {
  readonly label: string;
  readonly geometry: StepCost;
  readonly texture: StepCost;
}

/** Rows of three tables; in each, one thing grows. */
export interface GrowthMeasurement {
  readonly views: readonly GrowthRow[];
  readonly images: readonly GrowthRow[];
  readonly grids: readonly GrowthRow[];
}

const STEPS = 4;

const GRIDS: readonly GridSpan[] = [
  { untilProgress: 0.2, cellSize: 0.072 },
  { untilProgress: 0.4, cellSize: 0.045 },
  { untilProgress: 0.6, cellSize: 0.036 },
  { untilProgress: 0.8, cellSize: 0.027 },
  { untilProgress: 1, cellSize: 0.018, nearSurface: true },
];

/** The hash grid of a size that suits the starter, fitted in a few steps: its cost does not depend on what it has learned. */
const SMALL_HASH_GRID: FieldSettings = {
  kind: 'hash-grid',
  grid: { levelCount: 8, baseResolution: 8, finestResolution: 64, tableSizeLog2: 16, damping: 0.5 },
  halfEdge: 0.9,
  hiddenSizes: [32],
  offsetStart: 'zero',
  offsetBound: 0.012,
  bandCells: 2,
  refreshSteps: 16,
  fit: { steps: 150, learningRate: 1e-2, uniformPoints: 1024, nearPoints: 1024, nearSpread: 0.02 },
};

/**
 * Takes a few steps of both stages with finer and finer grids, more and more views, larger and larger pictures.
 *
 * Larger pictures go through the starter's own weights, whose layers take any size: what comes out means nothing there, and costs
 * the same.
 */
export async function measureGrowth(onRow: (row: GrowthRow) => void): Promise<GrowthMeasurement> {
  const measure = async (...terms: Parameters<typeof measureSteps>): Promise<GrowthRow[]> => {
    const rows = await measureSteps(...terms);
    rows.forEach(onRow);
    return rows;
  };
  const grids = [
    ...(await measure('residual', { viewsPerStep: 1, gridSpans: GRIDS })),
    ...(await measure('hash grid', { viewsPerStep: 1, gridSpans: GRIDS, field: SMALL_HASH_GRID })),
  ];
  const views: GrowthRow[] = [];
  for (const viewsPerStep of [1, 2, 4]) views.push(...(await measure(`${viewsPerStep}`, { viewsPerStep })));
  const images: GrowthRow[] = [{ ...views[1], label: '128²' }];
  for (const imageSize of [64, 256]) {
    images.push(...(await measure(`${imageSize}²`, { viewsPerStep: 2, imageSize })));
  }
  return { views, images: [images[1], images[0], images[2]], grids };
}

/** What a measurement changes of the preset `draft`. */
interface Changes {
  readonly viewsPerStep: number;
  readonly imageSize?: number;
  readonly field?: FieldSettings;
  readonly gridSpans?: readonly GridSpan[];
}

async function measureSteps(label: string, changes: Changes): Promise<GrowthRow[]> {
  const { imageSize, gridSpans } = changes;
  const models = fileURLToPath(new URL('../../models/', import.meta.url));
  const starter = await loadTeacher(`${models}starter`);
  const encoder = await openTextEncoder(starter.directory, starter.manifest.text);
  const manifest = { ...starter.manifest, ...(imageSize ? { imageSize } : {}) };
  const costs = { geometry: [] as StepCost[], texture: [] as StepCost[] };
  const enough = new AbortController();
  let before = process.cpuUsage();
  const head = generateHead({
    prompt: SAMPLE.prompt,
    negativePrompt: null,
    seed: SAMPLE.seed,
    preset: 'draft',
    settings: settingsOf(changes),
    teacher: { ...starter, manifest },
    headTemplate: await loadHeadTemplate(`${models}head-template`),
    encodeText: encoder.encode,
    signal: enough.signal,
    onProgress: ({ stage, step, of }) => {
      // The files are no part of a step.
      if (stage === 'texture' && step === of) enough.abort(new Error('measured'));
      before = process.cpuUsage();
    },
    onPhase: (stage, phase) => {
      const spent = process.cpuUsage(before);
      const steps = costs[stage];
      if (phase === (stage === 'geometry' ? 'surface' : 'render')) steps.push({});
      steps[steps.length - 1][phase] = (spent.user + spent.system) / 1e3;
      before = process.cpuUsage();
    },
  });
  await head.catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  return Array.from({ length: gridSpans?.length ?? 1 }, (_, k) => {
    const steps = costs.geometry.slice(STEPS * k, STEPS * (k + 1));
    const { cellSize, nearSurface } = gridSpans?.[k] ?? {};
    const grid = cellSize === undefined ? '' : `, ${cellSize}${nearSurface ? ' near the surface' : ''}`;
    return { label: `${label}${grid}`, geometry: leastOf(steps), texture: leastOf(costs.texture) };
  });
}

function settingsOf({ viewsPerStep, field, gridSpans }: Changes): HeadSettings {
  const { geometry, texture, ...draft } = PRESET_SETTINGS.draft;
  return {
    ...draft,
    geometry: {
      ...geometry,
      viewsPerStep,
      steps: STEPS * (gridSpans?.length ?? 1),
      field: field ?? geometry.field,
      ...(gridSpans ? { gridSpans } : {}),
    },
    texture: { ...texture, viewsPerStep, steps: gridSpans ? 1 : STEPS },
  };
}

/** The least of each phase over the steps but the first, which also sets things up. */
function leastOf(steps: readonly StepCost[]): StepCost {
  const later = steps.slice(1);
  const phases = Object.keys(later[0] ?? {}) as StepPhase[];
  return Object.fromEntries(
    phases.map((phase) => [phase, Math.min(...later.map((step) => step[phase] ?? Number.POSITIVE_INFINITY))]),
  );
}
