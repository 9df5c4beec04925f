import type { TrainingLimit } from './training-loop.ts';

/** What every training is asked for, besides its own config of type `Config`. */
export interface TrainingRequest<Config> {
  /** Folder of the data set. */
  readonly data: string;
  /** Folder of checkpoints, curves and finished networks. */
  readonly out: string;
  readonly config: Config;
  readonly limit: TrainingLimit;
  readonly threads: number;
  /** Called before the first step; what it gives ends the training before its limit, with a checkpoint. */
  readonly listenForStop: () => AbortSignal;
  readonly report: (line: string) => void;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}
