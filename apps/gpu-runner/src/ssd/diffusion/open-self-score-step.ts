import type { ScoreForm } from '../../onnx/score-form.ts';
import { compileSelfScoreStep, type SelfScoreStep } from '../../onnx/self-score-step.ts';
import type { Teacher } from '../../teacher/load-teacher.ts';

/** Compiles the fused step of a teacher for `batch` views at the teacher's own picture size. */
export function openSelfScoreStep(teacher: Teacher, batch: number, form: ScoreForm): Promise<SelfScoreStep> {
  const { imageSize, text } = teacher.manifest;
  return compileSelfScoreStep(teacher, { batch, imageSize, textTokens: text.tokens }, form);
}
