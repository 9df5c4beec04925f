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
  layOutHashGrid,
} from '../neural-field/hash-grid.ts';
import { createMlpProbe, initializeMlp, openMlp } from '../neural-field/mlp.ts';
import type { Box } from './box.ts';
import type { HashGridFieldSettings } from './field-settings.ts';
import { createHashGridSampler, type HashGridField } from './sample-hash-grid-field.ts';

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
  const { halfEdge, hiddenSizes, offsetBound } = settings;
  const grid = layOutHashGrid(settings.grid);
  const distanceSizes = [grid.featureCount, ...hiddenSizes, 1];
  const offsetSizes = [grid.featureCount, ...hiddenSizes, 3];
  const distanceMlp = await openMlp(distanceSizes, 'linear', choice);
  const offsetMlp = await openMlp(offsetSizes, 'linear', choice);

  // (1) One array for all that is learned, and views of its parts.
  const starts = [grid.tableLength, grid.tableLength + distanceMlp.weightCount];
  const parameters = new Float32Array(starts[1] + offsetMlp.weightCount);
  const gradient = new Float32Array(parameters.length);
  const parts = (array: Float32Array) => ({
    table: array.subarray(0, starts[0]),
    distance: array.subarray(starts[0], starts[1]),
    offset: array.subarray(starts[1]),
  });
  const learned = parts(parameters);
  const gradients = parts(gradient);
  const rows = random.fork('table');
  for (let i = 0; i < learned.table.length; i++) learned.table[i] = rows.between(-TABLE_BOUND, TABLE_BOUND);
  learned.distance.set(initializeMlp(distanceSizes, random.fork('distance')));
  const offsetStart = settings.offsetStart === 'zero' ? 'still' : 'uniform';
  learned.offset.set(initializeMlp(offsetSizes, random.fork('offset'), offsetStart));

  // (2) Batches of points.
  const encode = (points: Float32Array): Float32Array => {
    const features = new Float32Array((points.length / 3) * grid.featureCount);
    encodeHashGrid(grid, inUnitBox(points, halfEdge), learned.table, features);
    return features;
  };
  const field: HashGridField = {
    settings,
    box,
    offsetBound,
    parameters,
    gradient,
    encode,
    distances: (features) => distanceMlp.forward(features, learned.distance),
    offsets: (features) => offsetMlp.forward(features, learned.offset),
    async backward(points, features, gradDistances, gradOffsets) {
      const gradFeatures = await distanceMlp.backward(
        features,
        learned.distance,
        gradDistances,
        gradients.distance,
      );
      if (gradOffsets !== null) {
        const more = await offsetMlp.backward(features, learned.offset, gradOffsets, gradients.offset);
        for (let i = 0; i < more.length; i++) gradFeatures[i] += more[i];
      }
      encodeHashGridBackward(grid, inUnitBox(points, halfEdge), gradFeatures, gradients.table);
    },

    // (3) Single points, and the bond to a grid.
    probe() {
      const features = new Float32Array(grid.featureCount);
      const encodePoint = createHashGridProbe(grid, learned.table);
      const distanceAt = createMlpProbe(distanceSizes, learned.distance);
      const offsetAt = createMlpProbe(offsetSizes, learned.offset);
      const place = (x: number, y: number, z: number): Float32Array => {
        encodePoint(x / halfEdge, y / halfEdge, z / halfEdge, features);
        return features;
      };
      return {
        distance: (x, y, z) => distanceAt(place(x, y, z))[0],
        offset: (x, y, z, into) => into.set(offsetAt(place(x, y, z))),
      };
    },
    refresh: () => {},
    sampleOn: (tetrahedra) => createHashGridSampler(field, tetrahedra),
    async dispose() {
      await distanceMlp.dispose();
      await offsetMlp.dispose();
    },
  };
  return field;
}

function inUnitBox(points: Float32Array, halfEdge: number): Float32Array {
  return points.map((coordinate) => coordinate / halfEdge);
}
