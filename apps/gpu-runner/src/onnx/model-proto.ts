import { ProtobufWriter } from './protobuf.ts';

/** Element types that our graphs use, with their ONNX `TensorProto.DataType` numbers. */
export const ELEMENT_TYPES = { float32: 1, int64: 7, bool: 9 } as const;

/** Element type of a tensor in a graph. */
export type ElementType = keyof typeof ELEMENT_TYPES;

/** A node attribute: an integer, integers, a string, or `{ float }` where ONNX wants a float. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

/** One node as ONNX stores it; an empty input name stands for an omitted optional input. */
export interface NodeRecord {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A named tensor of a graph; `data` only for constants. */
export interface TensorRecord {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data?: Float32Array | readonly number[] | undefined;
}

/** Everything that a model file holds. */
export interface ModelRecord {
  readonly opset: number;
  readonly nodes: readonly NodeRecord[];
  readonly constants: readonly TensorRecord[];
  readonly inputs: readonly TensorRecord[];
  readonly outputs: readonly TensorRecord[];
}

/** A model as ORT loads it: the file, and beside it the large constants, by the location that the file names. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  readonly externalTensors: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/** Constants of at least this size stay outside the file, which protobuf limits to 2 GiB, and need no copy. */
const EXTERNAL_BYTES_MIN = 4096;

/**
 * Encodes a model as an ONNX file (IR version 10) with its large constants kept beside it by reference.
 *
 * References: onnx.proto3, messages ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto.
 */
export function encodeModel(model: ModelRecord): OnnxModel {
  const externalTensors: { path: string; data: Uint8Array }[] = [];
  const graph = new ProtobufWriter();
  for (const node of model.nodes) graph.message(1, nodeProto(node));
  graph.text(2, 'headwright');
  for (const constant of model.constants) graph.message(5, tensorProto(constant, externalTensors));
  for (const input of model.inputs) graph.message(11, valueInfoProto(input));
  for (const output of model.outputs) graph.message(12, valueInfoProto(output));
  const file = new ProtobufWriter()
    .integer(1, 10)
    .text(2, 'headwright')
    .message(7, graph)
    .message(8, new ProtobufWriter().text(1, '').integer(2, model.opset));
  return { bytes: file.bytes(), externalTensors };
}

function nodeProto(node: NodeRecord): ProtobufWriter {
  const out = new ProtobufWriter();
  for (const input of node.inputs) out.text(1, input);
  out.text(2, node.output).text(3, node.name).text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) out.message(5, attributeProto(name, value));
  return out;
}

function attributeProto(name: string, value: Attribute): ProtobufWriter {
  const out = new ProtobufWriter().text(1, name);
  if (typeof value === 'number') return out.integer(3, value).integer(20, 2);
  if (typeof value === 'string') return out.text(4, value).integer(20, 3);
  if ('float' in value) return out.float(2, value.float).integer(20, 1);
  for (const entry of value) out.integer(8, entry);
  return out.integer(20, 7);
}

function tensorProto(
  tensor: TensorRecord,
  externalTensors: { path: string; data: Uint8Array }[],
): ProtobufWriter {
  const { data } = tensor;
  if (!data) throw new Error(`encodeModel: expected data for constant ${tensor.name}, got none`);
  const raw = data instanceof Float32Array ? data : BigInt64Array.from(data, BigInt);
  const out = new ProtobufWriter();
  for (const size of tensor.shape) out.integer(1, size);
  out.integer(2, ELEMENT_TYPES[tensor.type]).text(8, tensor.name);
  const bytes = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  if (bytes.length < EXTERNAL_BYTES_MIN) return out.bytesField(9, bytes);
  externalTensors.push({ path: tensor.name, data: bytes });
  const entries = { location: tensor.name, offset: '0', length: `${bytes.length}` };
  for (const [key, value] of Object.entries(entries)) {
    out.message(13, new ProtobufWriter().text(1, key).text(2, value));
  }
  return out.integer(14, 1);
}

function valueInfoProto(tensor: TensorRecord): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const size of tensor.shape) shape.message(1, new ProtobufWriter().integer(1, size));
  const type = new ProtobufWriter().integer(1, ELEMENT_TYPES[tensor.type]).message(2, shape);
  return new ProtobufWriter().text(1, tensor.name).message(2, new ProtobufWriter().message(1, type));
}
