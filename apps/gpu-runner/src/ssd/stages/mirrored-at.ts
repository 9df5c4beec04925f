import type { StageSettings } from '../config.ts';

/** Whether both sides of the head learn alike in a step of the stage. */
export function mirroredAt({ mirroredUntil = 0, steps }: StageSettings, step: number): boolean {
  return step < mirroredUntil * steps;
}
