import type { View } from '../../dataset/captions/seen-traits.ts';

/** A side from which every head is judged. */
export interface EvaluationView {
  readonly name: string;
  readonly view: View;
  /** Toward the subject's left. */
  readonly degrees: number;
}

/** Two halves of a turn: what lies within 30° of the front shows a face, what lies beyond 120° must not. */
export const EVALUATION_VIEWS: readonly EvaluationView[] = [
  { name: 'front', view: 'front', degrees: 0 },
  { name: 'left 30°', view: 'front', degrees: 30 },
  { name: 'right 30°', view: 'front', degrees: -30 },
  { name: 'left 60°', view: 'side', degrees: 60 },
  { name: 'left 90°', view: 'side', degrees: 90 },
  { name: 'left 150°', view: 'back', degrees: 150 },
  { name: 'back', view: 'back', degrees: 180 },
  { name: 'right 150°', view: 'back', degrees: -150 },
];
