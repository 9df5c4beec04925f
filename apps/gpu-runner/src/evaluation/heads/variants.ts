import type { StageSettings } from '../../ssd/config.ts';

/** A way of making heads that is compared with others: fields of both stages that differ from the preset's. */
export interface Variant {
  readonly name: string;
  readonly title: string;
  readonly kind: 'method' | 'ablation';
  readonly stages: Partial<StageSettings>;
}

/**
 * What is compared. Methods but `ssd` itself run without the anchor, which is a share of `sds`; each ablation takes one
 * thing away from `ssd` as it is delivered.
 */
export const VARIANTS: readonly Variant[] = [
  { name: 'ssd', title: 'SSD as delivered', kind: 'method', stages: {} },
  { name: 'ssd-pure', title: 'SSD without anchor', kind: 'method', stages: { anchor: 0 } },
  {
    name: 'ssd-paper',
    title: "SSD in the paper's form",
    kind: 'method',
    stages: { estimate: 'ssd-paper', anchor: 0 },
  },
  { name: 'sds', title: 'SDS', kind: 'method', stages: { estimate: 'sds', anchor: 0 } },
  { name: 'vsd', title: 'VSD', kind: 'method', stages: { estimate: 'vsd', anchor: 0 } },
  {
    name: 'no-landmarks',
    title: 'SSD without landmarks',
    kind: 'ablation',
    stages: { controlStrength: { target: 0, estimate: 0 } },
  },
  {
    name: 'target-landmarks',
    title: 'SSD, landmarks in the target only',
    kind: 'ablation',
    stages: { controlStrength: { target: 1, estimate: 0 } },
  },
  {
    name: 'no-negative',
    title: 'SSD without negative prompt',
    kind: 'ablation',
    stages: { negativePrompt: false },
  },
];
