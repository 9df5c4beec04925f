/**
 * The paper's field: a multi-resolution hash grid and two small networks on its features,
 *
 *     f = encode(p)          s(p) = distanceNetwork(f)          o(p) = offsetNetwork(f)
 *
 * It knows no template: `fitField` teaches it one before the first step.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.2 with the released sizes 16 × 2 features, 2^19 rows, 32 → 64 → 1 and 3;
 * Müller et al. 2022 (encoding).
 */
import type { SessionChoice } from '../../onnx/execution-provider.ts';
import type { RandomStream } from '../../tensor/random.ts';
import {
  createHashGridProbe,
  encodeHashGrid,
  encodeHashGridBackward,
  type HashGrid,
  layOutHashGrid,
} from '../neural-field/hash-grid.ts';
import { createMlpProbe, initializeMlp, type Mlp, openMlp } from '../neural-field/mlp.ts';
import type { Box } from './box.ts';
import type { HashGridFieldSettings } from './field-settings.ts';
import { createHashGridSampler, type HashGridField } from './sample-hash-grid-field.ts';
import type { FieldProbe } from './signed-distance-field.ts';

/** Table entries start within this bound (Müller et al., section 3). */
const TABLE_BOUND = 1e-4;

/**
 * Opens a field whose networks are fresh: its distance is nothing yet. `parameters` are the table's rows, then the weights
 * of the distance, then those of the offsets.
 */
export async function openHashGridField(options: {
  readonly settings: HashGridFieldSettings;
  readonly box: Box;
  readonly random: RandomStream;
  readonly choice?: SessionChoice;
}): Promise<HashGridField> {
  const { settings, box, random, choice } = options;
  const grid = layOutHashGrid(settings.grid);
  const layers = {
    distance: [grid.featureCount, ...settings.hiddenSizes, 1],
    offset: [grid.featureCount, ...settings.hiddenSizes, 3],
  };
  const mlps = {
    distance: await openMlp(layers.distance, 'linear', choice),
    offset: await openMlp(layers.offset, 'linear', choice),
  };

  // (1) One array for all that is learned, and views of its parts.
  const distanceStart = grid.tableLength;
  const offsetStart = distanceStart + mlps.distance.weightCount;
  const partsOf = (array: Float32Array): Parts => ({
    table: array.subarray(0, distanceStart),
    distance: array.subarray(distanceStart, offsetStart),
    offset: array.subarray(offsetStart),
  });
  const parameters = new Float32Array(offsetStart + mlps.offset.weightCount);
  const gradient = new Float32Array(parameters.length);
  const learned = partsOf(parameters);
  initialize(learned, layers, settings, random);

  // (2) The field.
  const field: HashGridField = {
    settings,
    box,
    offsetBound: settings.offsetBound,
    parameters,
    gradient,
    ...batchesOf({ grid, mlps, learned, gradients: partsOf(gradient), halfEdge: settings.halfEdge }),
    probe: () => probeOf({ grid, layers, learned, halfEdge: settings.halfEdge }),
    refresh: () => {},
    sampleOn: (tetrahedra) => createHashGridSampler(field, tetrahedra),
    async dispose() {
      await mlps.distance.dispose();
      await mlps.offset.dispose();
    },
  };
  return field;
}

/** Table rows and weights, or their gradients, as views of one array. */
interface Parts {
  readonly table: Float32Array;
  readonly distance: Float32Array;
  readonly offset: Float32Array;
}

/** Widths of both networks' layers. */
interface Layers {
  readonly distance: readonly number[];
  readonly offset: readonly number[];
}

function initialize(
  { table, distance, offset }: Parts,
  layers: Layers,
  { offsetStart }: HashGridFieldSettings,
  random: RandomStream,
): void {
  const rows = random.fork('table');
  for (let i = 0; i < table.length; i++) table[i] = rows.between(-TABLE_BOUND, TABLE_BOUND);
  // Weights of both signs from the start: from nothing, all of them would follow the many points outside, and none be left to
  // answer below zero.
  distance.set(initializeMlp(layers.distance, random.fork('distance'), 'uniform'));
  const start = offsetStart === 'zero' ? 'still' : 'uniform';
  offset.set(initializeMlp(layers.offset, random.fork('offset'), start));
}

/** What a field answers for many points at once. */
function batchesOf({
  grid,
  mlps,
  learned,
  gradients,
  halfEdge,
}: {
  readonly grid: HashGrid;
  readonly mlps: { readonly distance: Mlp; readonly offset: Mlp };
  readonly learned: Parts;
  readonly gradients: Parts;
  readonly halfEdge: number;
}): Pick<HashGridField, 'encode' | 'distances' | 'offsets' | 'distancesBackward' | 'backward'> {
  const inUnitBox = (points: Float32Array): Float32Array => points.map((coordinate) => coordinate / halfEdge);
  const encode = (points: Float32Array): Float32Array => {
    const features = new Float32Array((points.length / 3) * grid.featureCount);
    encodeHashGrid(grid, inUnitBox(points), learned.table, features);
    return features;
  };
  const backward = async (
    name: 'distance' | 'offset',
    points: Float32Array,
    features: Float32Array,
    gradOutputs: Float32Array,
  ): Promise<void> => {
    const grad = await mlps[name].backward(features, learned[name], gradOutputs, gradients[name]);
    encodeHashGridBackward(grid, inUnitBox(points), grad, gradients.table);
  };
  return {
    encode,
    distances: (features) => mlps.distance.forward(features, learned.distance),
    offsets: (features) => mlps.offset.forward(features, learned.offset),
    distancesBackward: (points, features, grad) => backward('distance', points, features, grad),
    async backward(points, gradDistances, gradOffsets) {
      const features = encode(points);
      await backward('distance', points, features, gradDistances);
      await backward('offset', points, features, gradOffsets);
    },
  };
}

/** Answers single points; the table and the weights are read at each call. */
function probeOf({
  grid,
  layers,
  learned,
  halfEdge,
}: {
  readonly grid: HashGrid;
  readonly layers: Layers;
  readonly learned: Parts;
  readonly halfEdge: number;
}): FieldProbe {
  const features = new Float32Array(grid.featureCount);
  const encode = createHashGridProbe(grid, learned.table);
  const distanceAt = createMlpProbe(layers.distance, learned.distance);
  const offsetAt = createMlpProbe(layers.offset, learned.offset);
  return {
    distance(x, y, z) {
      encode(x / halfEdge, y / halfEdge, z / halfEdge, features);
      return distanceAt(features)[0];
    },
    offset(x, y, z, into) {
      encode(x / halfEdge, y / halfEdge, z / halfEdge, features);
      into.set(offsetAt(features));
    },
  };
}
