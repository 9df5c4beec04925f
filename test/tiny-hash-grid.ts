import type { HashGridFieldSettings } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/field-settings.ts';

/** A hash-grid field that is fitted in a moment; its features are 0.11 head heights apart. */
export const TINY_HASH_GRID: HashGridFieldSettings = {
  kind: 'hash-grid',
  grid: { levelCount: 4, baseResolution: 4, finestResolution: 16, tableSizeLog2: 12, damping: 0 },
  halfEdge: 0.9,
  hiddenSizes: [16],
  offsetStart: 'zero',
  offsetBound: 0.03,
  bandCells: 2,
  refreshSteps: 8,
  fit: { steps: 100, learningRate: 1e-2, uniformPoints: 512, nearPoints: 512, nearSpread: 0.03 },
};
