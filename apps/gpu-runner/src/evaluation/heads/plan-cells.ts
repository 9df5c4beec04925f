import { createHash } from 'node:crypto';
import type { Preset } from '@headwright/shared/presets';
import type { HeadSettings } from '../../ssd/config.ts';
import { replaceSettings, type SettingOverrides } from '../../ssd/replace-settings.ts';
import { samplesOf, withEqualSamples } from './equal-samples.ts';
import type { PromptSet } from './prompts.ts';
import type { Variant } from './variants.ts';

/** One head of the evaluation. */
export interface Cell {
  readonly variant: Variant;
  readonly prompt: string;
  readonly set: PromptSet['name'];
  readonly seed: number;
  readonly preset: Preset;
  readonly settings: HeadSettings;
  readonly samples: number;
  /** Of everything that decides the head; cells are kept under it. */
  readonly digest: string;
}

/** What is to be compared. */
export interface CellPlan {
  readonly variants: readonly Variant[];
  readonly sets: readonly PromptSet[];
  readonly seeds: readonly number[];
  readonly preset: Preset;
  /** The preset's settings, or the operator's: what `ssd` runs, and how many samples all others may take. */
  readonly base: HeadSettings;
  /** Digests of teacher and template. */
  readonly models: { readonly teacher: string; readonly headTemplate: string };
  /** Factor of the guidance scale for each variant, from its tuning; 1 where there is none. */
  readonly guidanceFactors: Readonly<Record<string, number>>;
  /** The teacher's own guidance scales. */
  readonly guidanceScales: Readonly<Record<'geometry' | 'texture', number>>;
}

/** Lists the heads of a plan: prompt by prompt, so that a run that was cut short still compares all variants. */
export function planCells(plan: CellPlan): Cell[] {
  return plan.sets.flatMap(({ name: set, prompts }) =>
    prompts.flatMap((prompt) =>
      plan.seeds.flatMap((seed) =>
        plan.variants.map((variant) => cellOf(plan, { variant, prompt, set, seed })),
      ),
    ),
  );
}

function cellOf(plan: CellPlan, cell: Pick<Cell, 'variant' | 'prompt' | 'set' | 'seed'>): Cell {
  const { base, preset, models } = plan;
  const settings = withEqualSamples(replaceSettings(base, overridesOf(plan, cell.variant)), base);
  const deciding = {
    format: 'headwright-cell/1',
    prompt: cell.prompt,
    seed: cell.seed,
    preset,
    settings,
    models,
  };
  const digest = createHash('sha256')
    .update(JSON.stringify(sorted(deciding)))
    .digest('hex')
    .slice(0, 20);
  return { ...cell, preset, settings, samples: samplesOf(settings), digest };
}

function overridesOf(
  { base, guidanceScales, guidanceFactors }: CellPlan,
  variant: Variant,
): SettingOverrides {
  const factor = guidanceFactors[variant.name] ?? 1;
  if (factor === 1) return { geometry: variant.stages, texture: variant.stages };
  const scaled = (stage: 'geometry' | 'texture') => ({
    ...variant.stages,
    guidanceScale: factor * (base[stage].guidanceScale ?? guidanceScales[stage]),
  });
  return { geometry: scaled('geometry'), texture: scaled('texture') };
}

/** The same value with all keys in order, so that equal settings have equal digests however they were put together. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
