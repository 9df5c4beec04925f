/**
 * The engine state of a finished head: what an edit, months later and on another machine, starts from.
 *
 * One safetensors file of format `headwright-head/1` or `/2` with the recipe as JSON in its metadata. Opening it needs no
 * teacher; rebuilding the fields needs the template that the recipe names.
 *
 * References: docs/engine-state.md.
 */
import type { TriangleMesh } from '../mesh.ts';
import type { HeadRecipe } from './head-recipe.ts';
import { encodeStateFile, formatOf, openStateFile } from './state-file.ts';

/** A head as the engine knows it. */
export interface HeadState {
  readonly recipe: HeadRecipe;
  /** The rest surface, frozen after the geometry stage, world units: colors live where it was before any edit. */
  readonly mesh: TriangleMesh;
  /** Parameters of the signed distance field. */
  readonly distance: Float32Array;
  /** Parameters of the color field. */
  readonly colors: { readonly table: Float32Array; readonly weights: Float32Array };
  /** Parameters of the deformation of all geometry edits so far; null before the first. */
  readonly deformation: Float32Array | null;
}

const KIND = 'headwright-head';

/** Writes a head's state. */
export function encodeHeadState(state: HeadState): Uint8Array {
  const tensors = new Map<string, Float32Array | Uint32Array>([
    ['mesh/positions', state.mesh.positions],
    ['mesh/indices', state.mesh.indices],
    ['distance', state.distance],
    ['colors/table', state.colors.table],
    ['colors/weights', state.colors.weights],
  ]);
  if (state.deformation !== null) tensors.set('deformation', state.deformation);
  return encodeStateFile(formatOf(KIND, state.recipe), state.recipe, tensors);
}

/** Reads a head's state; another version, a damaged file and a missing part are refused by name. */
export function decodeHeadState(bytes: Uint8Array): HeadState {
  const file = openStateFile(KIND, bytes);
  const mesh = { positions: file.floats('mesh/positions'), indices: file.integers('mesh/indices') };
  checkMesh(mesh);
  return {
    recipe: file.recipe,
    mesh,
    distance: file.floats('distance'),
    colors: { table: file.floats('colors/table'), weights: file.floats('colors/weights') },
    deformation: file.names.includes('deformation') ? file.floats('deformation') : null,
  };
}

function checkMesh({ positions, indices }: TriangleMesh): void {
  const vertexCount = positions.length / 3;
  if (!Number.isInteger(vertexCount) || indices.length % 3 !== 0) {
    throw new Error(
      `decodeHeadState: mesh: expected triples, got ${positions.length} coordinates and ${indices.length} indices`,
    );
  }
  const wrong = indices.find((index) => index >= vertexCount);
  if (wrong !== undefined) {
    throw new Error(`decodeHeadState: mesh/indices: expected vertices below ${vertexCount}, got ${wrong}`);
  }
}
