import type { Question } from '../judged-traits.ts';
import { type QuestionScore, type readAnswers, scoreAnswers } from './score-answers.ts';

/** How far a classifier can be believed. */
export interface Calibration {
  readonly questions: readonly QuestionScore[];
  /** Answers by how sure they were: a calibrated classifier is right as often as it is sure. */
  readonly confidence: readonly {
    readonly from: number;
    readonly count: number;
    readonly meanConfidence: number;
    readonly accuracy: number;
  }[];
}

const BINS = 10;

/** Compares answers with the right ones, by question, by value and by confidence. */
export function calibrate(
  questions: readonly Question[],
  right: readonly Int8Array[],
  found: readonly ReturnType<typeof readAnswers>[],
): Calibration {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, sum: 0, hits: 0 }));
  found.forEach(({ given, confidence }, n) => {
    questions.forEach((_, q) => {
      if (right[n][q] < 0) return;
      const bin = bins[Math.min(BINS - 1, Math.floor(confidence[q] * BINS))];
      bin.count++;
      bin.sum += confidence[q];
      if (given[q] === right[n][q]) bin.hits++;
    });
  });
  return {
    questions: scoreAnswers(questions, { right, given: found.map(({ given }) => given) }),
    confidence: bins.flatMap(({ count, sum, hits }, b) =>
      count === 0 ? [] : [{ from: b / BINS, count, meanConfidence: sum / count, accuracy: hits / count }],
    ),
  };
}
