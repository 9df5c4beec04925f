import { type NpzArray, readNpz } from '../../tensor/read-npz.ts';
import type { HeadForm } from '../head-form.ts';
import { headFrame } from './head-frame.ts';
import { innerLips } from './inner-lips.ts';
import { createNeckRim } from './neck-rim.ts';
import { subdivideQuads } from './subdivide-quads.ts';

/** What all heads of the data set share: the mesh, its masks, and the morph targets that tell heads apart. */
export interface BaseHead {
  /** [N, 3] decimeters, the mesh before subdivision: what morph targets move. */
  readonly coarse: Float32Array;
  /** [N] region of each coarse vertex: 0 skin, 1 eyeballs, 2 hair helper strips, 3 teeth, 4 tongue. */
  readonly coarseRegion: Uint8Array;
  readonly rest: HeadForm['rest'];
  readonly region: HeadForm['region'];
  readonly indices: HeadForm['indices'];
  readonly masks: HeadForm['masks'];
  /** Vertex numbers of every landmark chain, those of the inner lips (`lips_in`) among them. */
  readonly landmarks: ReadonlyMap<string, Uint32Array>;
  readonly targetNames: readonly string[];
  /** Adds `weight` times a morph target to `coarse` [N, 3], on one region alone if one is named. */
  addTarget(name: string, weight: number, coarse: Float32Array, region?: number): void;
  /** [V, 3] of moved coarse vertices: subdivided, and the neck cut where it is cut at rest. */
  refine(coarse: Float32Array): Float32Array;
}

const SKIN = 0;

/**
 * Reads models/head-template/head-data.npz: the CC0 head and its 404 morph targets.
 *
 * `landmarks` holds vertex numbers of the mesh after one midpoint subdivision. Behind the vertices of that mesh come
 * those of the disk that closes the neck from below.
 */
export function createBaseHead(
  file: Uint8Array,
  landmarks: Readonly<Record<string, readonly number[]>>,
): BaseHead {
  const data = readNpz(file);
  const coarse = Float32Array.from(numbersOf(data, 'base'));
  const coarseCount = coarse.length / 3;
  const quads = Uint32Array.from(numbersOf(data, 'quads'));
  const quadPart = numbersOf(data, 'part');
  const coarseRegion = new Uint8Array(coarseCount);
  for (let i = 0; i < quads.length; i++) coarseRegion[quads[i]] = quadPart[Math.floor(i / 4)];
  const subdivision = subdivideQuads(quads, coarseCount);
  const whole = subdivision.refine(coarse, 3);
  const trianglesOf = (part: number): Uint32Array => {
    const kept: number[] = [];
    for (let f = 0; f < subdivision.quadOfTriangle.length; f++) {
      if (quadPart[subdivision.quadOfTriangle[f]] !== part) continue;
      for (let k = 0; k < 3; k++) kept.push(subdivision.triangles[f * 3 + k]);
    }
    return Uint32Array.from(kept);
  };
  const rim = createNeckRim(whole, trianglesOf(SKIN));
  const indices = { skin: rim.skin, eyes: trianglesOf(1), teeth: trianglesOf(3), tongue: trianglesOf(4) };
  const region = new Uint8Array(rim.vertexCount);
  for (const v of indices.eyes) region[v] = 1;
  for (const v of indices.teeth) region[v] = 3;
  for (const v of indices.tongue) region[v] = 4;
  const mask = (name: string): Float32Array => {
    const values = rim.extend(subdivision.refine(Float32Array.from(numbersOf(data, name)), 1), 1);
    return values.map((value, v) => (region[v] === SKIN ? value : 0));
  };
  const targets = readTargets(data, coarseRegion);
  const shape = {
    coarse,
    rest: rim.cut(whole),
    indices,
    refine: (moved: Float32Array) => rim.cut(subdivision.refine(moved, 3)),
    addTarget: targets.addTarget,
  };
  const lips = mask('mask_lips');
  const chains = { ...landmarks, lips_in: findInnerLips(shape, lips) };
  return {
    ...shape,
    ...targets,
    coarseRegion,
    region,
    masks: {
      lips,
      eyelids: mask('mask_eyelids'),
      ears: mask('mask_ears'),
      insideMouth: mask('mask_inside_mouth'),
    },
    landmarks: new Map(Object.entries(chains).map(([name, chain]) => [name, Uint32Array.from(chain)])),
  };
}

/** The adults whose average the head template of score distillation is made from. */
const ADULTS = ['caucasian-male', 'caucasian-female', 'african-male', 'asian-female'];

function findInnerLips(
  shape: Pick<BaseHead, 'coarse' | 'rest' | 'indices' | 'refine' | 'addTarget'>,
  lips: Float32Array,
): number[] {
  const adult = shape.coarse.slice();
  for (const name of ADULTS) shape.addTarget(`macro/${name}-young`, 1 / ADULTS.length, adult);
  const posed = shape.refine(adult);
  const frame = headFrame(posed, shape);
  const opening = new Float32Array(adult.length);
  shape.addTarget('fu/jawOpen', 1 / frame.height, opening);
  const middle = [0, frame.middleY, frame.middleZ];
  return innerLips({
    positions: posed.map((value, i) => (value - middle[i % 3]) / frame.height),
    skin: shape.indices.skin,
    lips,
    jawOpen: shape.refine(opening),
  });
}

function readTargets(
  data: ReadonlyMap<string, NpzArray>,
  coarseRegion: Uint8Array,
): Pick<BaseHead, 'targetNames' | 'addTarget'> {
  const targetNames = data.get('target_names')?.texts ?? [];
  const numberOf = new Map(targetNames.map((name, k) => [name, k]));
  const offsets = Uint32Array.from(numbersOf(data, 'target_offsets'));
  const vertices = Uint16Array.from(numbersOf(data, 'target_vertices'));
  const deltas = Float32Array.from(numbersOf(data, 'target_deltas'));
  return {
    targetNames,
    addTarget(name, weight, coarse, region) {
      const k = numberOf.get(name);
      if (k === undefined) throw new Error(`addTarget: expected a morph target, got ${name}`);
      if (weight === 0) return;
      for (let i = offsets[k]; i < offsets[k + 1]; i++) {
        const v = vertices[i];
        if (region !== undefined && coarseRegion[v] !== region) continue;
        coarse[v * 3] += weight * deltas[i * 3];
        coarse[v * 3 + 1] += weight * deltas[i * 3 + 1];
        coarse[v * 3 + 2] += weight * deltas[i * 3 + 2];
      }
    },
  };
}

function numbersOf(data: ReadonlyMap<string, NpzArray>, name: string): Float64Array {
  const found = data.get(name);
  if (!found) throw new Error(`createBaseHead: expected the array ${name}, got none of that name`);
  return found.numbers;
}
