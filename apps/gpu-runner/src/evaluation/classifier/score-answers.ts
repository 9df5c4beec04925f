import type { Question } from '../judged-traits.ts';

/** How often the answers to one question were right. */
export interface QuestionScore {
  readonly name: string;
  readonly count: number;
  readonly accuracy: number;
  /** Mean over the values that occur of the share found among those that have it. */
  readonly balancedAccuracy: number;
  /** For each value that occurs: how many pictures have it, and the share found. */
  readonly values: Readonly<Record<string, { readonly count: number; readonly found: number }>>;
}

/** Answers of a classifier with their right ones, and how sure it was. */
export interface JudgedAnswers {
  /** [questions] of each picture; −1 where the question is not asked. */
  readonly right: readonly Int8Array[];
  readonly given: readonly Int8Array[];
}

/** Scores every question over all pictures. */
export function scoreAnswers(
  questions: readonly Question[],
  { right, given }: JudgedAnswers,
): readonly QuestionScore[] {
  return questions.map(({ name, values }, q) => {
    const counts = new Float64Array(values.length);
    const hits = new Float64Array(values.length);
    right.forEach((own, n) => {
      if (own[q] < 0) return;
      counts[own[q]]++;
      if (given[n][q] === own[q]) hits[own[q]]++;
    });
    const shown = values.map((_, v) => v).filter((v) => counts[v] > 0);
    const sum = (list: Float64Array): number => list.reduce((total, each) => total + each, 0);
    return {
      name,
      count: sum(counts),
      accuracy: sum(hits) / Math.max(1, sum(counts)),
      balancedAccuracy:
        shown.reduce((total, v) => total + hits[v] / counts[v], 0) / Math.max(1, shown.length),
      values: Object.fromEntries(
        shown.map((v) => [values[v], { count: counts[v], found: hits[v] / counts[v] }]),
      ),
    };
  });
}

/** The most likely value of each question and the probability given to it: logits of one picture, all questions in a row. */
export function readAnswers(
  questions: readonly Question[],
  logits: Float32Array,
): { readonly given: Int8Array; readonly confidence: Float32Array } {
  const given = new Int8Array(questions.length);
  const confidence = new Float32Array(questions.length);
  let start = 0;
  questions.forEach(({ values }, q) => {
    const own = logits.subarray(start, start + values.length);
    start += values.length;
    const best = own.indexOf(Math.max(...own));
    given[q] = best;
    confidence[q] = 1 / own.reduce((sum, value) => sum + Math.exp(value - own[best]), 0);
  });
  return { given, confidence };
}
