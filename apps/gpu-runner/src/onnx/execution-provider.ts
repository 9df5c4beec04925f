import { availableParallelism } from 'node:os';
import type * as ort from 'onnxruntime-node';

/** Where sessions run; there is no silent fallback from one to the other. */
export type ExecutionProvider = 'cpu' | 'cuda';

/** How a session is to run. */
export interface SessionChoice {
  readonly provider?: ExecutionProvider;
  /** Threads inside one operation; all cores by default. */
  readonly threads?: number;
}

/**
 * ORT's session options for a choice.
 *
 * Spinning is off: on a shared machine idle spinning threads took twice the CPU and were three times slower.
 */
export function sessionOptions({
  provider = 'cpu',
  threads,
}: SessionChoice): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads ?? availableParallelism(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}
