/** One line of loss.csv: means over the steps since the line before. */
export interface LossRow {
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly secondsPerStep: number;
  /** Held-out losses by name; empty where none were taken. */
  readonly heldOut: Readonly<Record<string, number>>;
}
