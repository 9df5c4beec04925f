import {
  type Attribute,
  type ElementType,
  encodeModel,
  type NodeRecord,
  type OnnxModel,
} from './model-proto.ts';

/** A tensor inside a graph under construction; constants carry their `data`. */
export interface Value {
  readonly graph: Graph;
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly data?: Float32Array | readonly number[] | undefined;
}

/** One differentiable operation as the backward pass sees it; it may stand for several ONNX nodes. */
export interface TapeEntry {
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Forward results that the backward rule reuses. */
  readonly saved: readonly Value[];
}

const OPSET = 21;

/**
 * An ONNX graph under construction: every shape is pinned, and the differentiable operations are kept on a tape.
 *
 * The operations themselves are the functions of `ops/`; they check shapes and call `apply`.
 */
export class Graph {
  /** What `vjp` walks, in the order of construction. */
  readonly tape: TapeEntry[] = [];
  private readonly nodes: NodeRecord[] = [];
  private readonly constants: Value[] = [];
  private readonly inputs: Value[] = [];
  private readonly outputs: { name: string; value: Value }[] = [];
  private readonly shared = new Map<string, Value>();
  private valueCount = 0;

  /** Declares a float32 graph input. */
  input(name: string, shape: readonly number[]): Value {
    if (this.inputs.some((input) => input.name === name))
      throw new Error(`input: expected a new name, got ${name}`);
    const value: Value = { graph: this, name, shape: [...shape], type: 'float32' };
    this.inputs.push(value);
    return value;
  }

  /** Adds a float32 constant; `data` is kept by reference until `build`. */
  constant(shape: readonly number[], data: Float32Array): Value {
    if (data.length !== elementCount(shape)) {
      throw new Error(`constant: expected ${elementCount(shape)} values for [${shape}], got ${data.length}`);
    }
    return this.addConstant('float32', shape, data);
  }

  /** A float32 scalar constant, shared between its uses. */
  scalar(value: number): Value {
    return this.sharedConstant(`scalar ${value}`, () =>
      this.addConstant('float32', [], Float32Array.of(value)),
    );
  }

  /** A vector of int64 constants (shapes, axes, bounds), shared between its uses. */
  int64(values: readonly number[]): Value {
    return this.sharedConstant(`int64 ${values}`, () =>
      this.addConstant('int64', [values.length], [...values]),
    );
  }

  /** Adds one ONNX node that the backward pass does not see. `null` is an omitted optional input. */
  emit(
    op: string,
    inputs: readonly (Value | null)[],
    shape: readonly number[],
    attributes: Readonly<Record<string, Attribute>> = {},
    type: ElementType = 'float32',
  ): Value {
    for (const input of inputs) {
      if (input && input.graph !== this)
        throw new Error(`${op}: expected inputs of one graph, got ${input.name} of another`);
    }
    const output: Value = { graph: this, name: `v${this.valueCount++}`, shape: [...shape], type };
    const name = `${op}_${this.nodes.length}`;
    this.nodes.push({ name, op, inputs: inputs.map((i) => i?.name ?? ''), output: output.name, attributes });
    return output;
  }

  /** Puts an operation made of `emit`ted nodes on the tape; a rule of the same name must exist when it is differentiated. */
  record(entry: {
    op: string;
    inputs: readonly Value[];
    output: Value;
    attributes?: Readonly<Record<string, Attribute>>;
    saved?: readonly Value[];
  }): Value {
    this.tape.push({ attributes: {}, saved: [], ...entry });
    return entry.output;
  }

  /** Adds one ONNX node and puts it on the tape. */
  apply(
    op: string,
    inputs: readonly Value[],
    shape: readonly number[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const output = this.emit(op, inputs, shape, attributes);
    return this.record({ op, inputs, output, attributes });
  }

  /** Declares `value` a graph output under a name of its own. */
  output(name: string, value: Value): void {
    if (this.outputs.some((output) => output.name === name))
      throw new Error(`output: expected a new name, got ${name}`);
    this.outputs.push({ name, value });
  }

  /** The finished model; nodes and constants that no output needs are left out. */
  build(): OnnxModel {
    if (this.outputs.length === 0) throw new Error('build: expected at least one output, got none');
    const needed = new Set(this.outputs.map((output) => output.value.name));
    const nodes: NodeRecord[] = [];
    for (let i = this.nodes.length - 1; i >= 0; i--) {
      const node = this.nodes[i];
      if (!needed.has(node.output)) continue;
      for (const input of node.inputs) needed.add(input);
      nodes.push(node);
    }
    nodes.reverse();
    this.outputs.forEach(({ name, value }, i) => {
      nodes.push({ name: `output_${i}`, op: 'Identity', inputs: [value.name], output: name, attributes: {} });
    });
    const constants = this.constants.filter((constant) => needed.has(constant.name));
    const outputs = this.outputs.map(({ name, value }) => ({ name, type: value.type, shape: value.shape }));
    return encodeModel({ opset: OPSET, nodes, constants, inputs: this.inputs, outputs });
  }

  private sharedConstant(key: string, make: () => Value): Value {
    const found = this.shared.get(key) ?? make();
    this.shared.set(key, found);
    return found;
  }

  private addConstant(
    type: ElementType,
    shape: readonly number[],
    data: Float32Array | readonly number[],
  ): Value {
    const value: Value = { graph: this, name: `c${this.valueCount++}`, shape: [...shape], type, data };
    this.constants.push(value);
    return value;
  }
}

/** Number of elements of a tensor of `shape`. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
