import { EVALUATION_GRID } from '../grid.ts';
import type { PromptSet } from './prompts.ts';
import type { CellResult } from './summary-tables.ts';

/** Trials of every variant: factors of the teacher's guidance scale, the same number for all. */
export const GUIDANCE_FACTORS = [0.5, 1, 2] as const;

/** Prompts of the tuning; heads of the comparison are never made from them. */
export const TUNING_PROMPTS: PromptSet = {
  name: 'own',
  prompts: EVALUATION_GRID.slice(6, 8).map(({ prompt }) => prompt),
};

/** A variant's trials: how many of its attributes were found, and the mean rank of its prompts. */
export interface Trial {
  readonly variant: string;
  readonly factor: number;
  readonly attributes: number;
  readonly meanRank: number;
}

/** Sums up one variant's heads at one factor; null where one of them is missing. */
export function trialOf(factor: number, results: readonly CellResult[]): Trial | null {
  const measured = results.map(({ made }) => made?.measures);
  let [asked, right, ranks] = [0, 0, 0];
  for (const measures of measured) {
    if (!measures?.attributes || !measures.recall) return null;
    asked += measures.attributes.asked;
    right += measures.attributes.right;
    ranks += measures.recall.rank;
  }
  if (results.length === 0) return null;
  const [{ cell }] = results;
  return {
    variant: cell.variant.name,
    factor,
    attributes: asked === 0 ? 0 : right / asked,
    meanRank: ranks / results.length,
  };
}

/** The factor of each variant that shows most of what was asked; the better rank decides between equals. */
export function bestFactors(trials: readonly Trial[]): Record<string, number> {
  const best = new Map<string, Trial>();
  for (const trial of trials) {
    const known = best.get(trial.variant);
    const better =
      known === undefined ||
      trial.attributes > known.attributes ||
      (trial.attributes === known.attributes && trial.meanRank < known.meanRank);
    if (better) best.set(trial.variant, trial);
  }
  return Object.fromEntries([...best].map(([variant, { factor }]) => [variant, factor]));
}
