import type { Question } from '../judged-traits.ts';

const LIMITS = [0.25, 4] as const;

/**
 * The weight of every value of every question in the loss, (mean count / own count)^balance within 1/4 … 4: without it a
 * classifier says "none" of everything rare.
 *
 * `answers` has an array for each picture, as `answersOf` gives them.
 */
export function valueWeights(
  questions: readonly Question[],
  answers: readonly Int8Array[],
  balance: number,
): readonly Float32Array[] {
  return questions.map(({ values }, q) => {
    const counts = new Float32Array(values.length);
    for (const own of answers) if (own[q] >= 0) counts[own[q]]++;
    const shown = counts.filter((count) => count > 0);
    const mean = shown.reduce((sum, count) => sum + count, 0) / Math.max(1, shown.length);
    return counts.map((count) =>
      count === 0 ? 0 : Math.min(LIMITS[1], Math.max(LIMITS[0], (mean / count) ** balance)),
    );
  });
}
