import type { Value } from '../graph.ts';
import { add } from '../ops/elementwise.ts';
import { VJP_RULES } from './rules.ts';

/**
 * Extends the graph by the vector-Jacobian product d(Σ outputs·gradients)/d(targets).
 *
 * Reverse mode over the tape: what does not lie between a target and an output costs nothing, and whatever the
 * output gradients themselves were computed from is a constant of the derivative (a stopped gradient).
 * Returns one value per target, of the target's shape. The gradients themselves are not differentiable again.
 */
export function vjp(
  outputs: readonly { value: Value; gradient: Value }[],
  targets: readonly Value[],
): Value[] {
  const [first] = outputs;
  if (!first) throw new Error('vjp: expected at least one output, got none');
  const tape = first.value.graph.tape.slice();

  // (1) What depends on a target.
  const dependent = new Set(targets.map((target) => target.name));
  for (const entry of tape) {
    if (entry.inputs.some((input) => dependent.has(input.name))) dependent.add(entry.output.name);
  }

  // (2) Seeds.
  const gradients = new Map<string, Value>();
  const accumulate = (value: Value, gradient: Value): void => {
    if (value.shape.join() !== gradient.shape.join()) {
      throw new Error(`vjp: expected a gradient [${value.shape}] of ${value.name}, got [${gradient.shape}]`);
    }
    const before = gradients.get(value.name);
    gradients.set(value.name, before ? add(before, gradient) : gradient);
  };
  for (const { value, gradient } of outputs) accumulate(value, gradient);

  // (3) Backward.
  for (let i = tape.length - 1; i >= 0; i--) {
    const entry = tape[i];
    const gradient = gradients.get(entry.output.name);
    if (!gradient || !dependent.has(entry.output.name)) continue;
    const rule = VJP_RULES[entry.op];
    if (!rule) throw new Error(`vjp: expected a rule for ${entry.op}, got none`);
    const wanted = entry.inputs.map((input) => dependent.has(input.name));
    rule(entry, gradient, wanted).forEach((inputGradient, k) => {
      if (wanted[k] && inputGradient) accumulate(entry.inputs[k], inputGradient);
    });
  }

  return targets.map((target) => {
    const gradient = gradients.get(target.name);
    if (!gradient) throw new Error(`vjp: expected an output that depends on ${target.name}, got none`);
    return gradient;
  });
}
