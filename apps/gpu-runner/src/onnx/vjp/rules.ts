import * as activations from '../ops/activations.ts';
import { convVjp } from '../ops/conv.ts';
import * as elementwise from '../ops/elementwise.ts';
import { logSoftmaxVjp } from '../ops/log-softmax.ts';
import { matMulVjp } from '../ops/mat-mul.ts';
import { groupNormVjp, layerNormVjp, standardizeVjp } from '../ops/norm.ts';
import * as reduce from '../ops/reduce.ts';
import { averagePoolVjp, upsampleNearestVjp } from '../ops/resize.ts';
import * as shape from '../ops/shape.ts';
import type { VjpRule } from './rule.ts';

/** The backward rule of every differentiable operation, by the name on the tape. */
export const VJP_RULES: Readonly<Record<string, VjpRule>> = {
  Abs: elementwise.absoluteVjp,
  Add: elementwise.addVjp,
  AveragePool: averagePoolVjp,
  Clip: activations.clipVjp,
  Concat: shape.concatVjp,
  Conv: convVjp,
  Cos: elementwise.cosineVjp,
  Exp: elementwise.exponentialVjp,
  Gelu: activations.geluVjp,
  GroupNormalization: groupNormVjp,
  InstanceNormalization: standardizeVjp,
  LayerNormalization: layerNormVjp,
  LogSoftmax: logSoftmaxVjp,
  MatMul: matMulVjp,
  Mul: elementwise.multiplyVjp,
  Neg: elementwise.negateVjp,
  Pad: shape.padVjp,
  ReduceMean: reduce.reduceMeanVjp,
  ReduceSum: reduce.reduceSumVjp,
  ReduceSumSquare: reduce.reduceSumSquareVjp,
  Relu: activations.reluVjp,
  Reshape: shape.reshapeVjp,
  Resize: upsampleNearestVjp,
  Sigmoid: activations.sigmoidVjp,
  Silu: activations.siluVjp,
  Sin: elementwise.sineVjp,
  Slice: shape.sliceVjp,
  Softmax: activations.softmaxVjp,
  Softplus: activations.softplusVjp,
  Sub: elementwise.subtractVjp,
  Tanh: activations.tanhVjp,
  Transpose: shape.transposeVjp,
};
