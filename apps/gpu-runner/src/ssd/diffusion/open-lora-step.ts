import { compileLoraStep, type LoraStep } from '../../onnx/lora-step.ts';
import type { Teacher } from '../../teacher/load-teacher.ts';

/** Compiles the training of `vsd`'s low-rank updates for `batch` views at the teacher's own picture size. */
export function openLoraStep(teacher: Teacher, batch: number, rank: number): Promise<LoraStep> {
  const { imageSize, text } = teacher.manifest;
  return compileLoraStep(teacher, { batch, imageSize, textTokens: text.tokens }, rank);
}
