import type { TriangleMesh } from '../../ssd/mesh.ts';
import type { HeadForm } from '../head-form.ts';

/** The vertices one region of a head uses, in the order of first use. */
export interface RegionMesh {
  readonly mesh: TriangleMesh;
  /** [v] vertex number in the form. */
  readonly formVertices: Uint32Array;
}

interface Compacted {
  readonly formVertices: Uint32Array;
  readonly indices: Uint32Array;
}

/** Index lists are shared by all heads of a run, so each is compacted once. */
const compactedLists = new WeakMap<Uint32Array, Compacted>();

/** Cuts a region's own mesh out of the form. */
export function regionMesh(form: HeadForm, indices: Uint32Array): RegionMesh {
  let compacted = compactedLists.get(indices);
  if (compacted === undefined) {
    compacted = compact(indices, form.rest.length / 3);
    compactedLists.set(indices, compacted);
  }
  const { formVertices } = compacted;
  const positions = new Float32Array(formVertices.length * 3);
  for (let v = 0; v < formVertices.length; v++) {
    const from = formVertices[v] * 3;
    positions[3 * v] = form.positions[from];
    positions[3 * v + 1] = form.positions[from + 1];
    positions[3 * v + 2] = form.positions[from + 2];
  }
  return { mesh: { positions, indices: compacted.indices }, formVertices };
}

function compact(indices: Uint32Array, vertexCount: number): Compacted {
  const renumbered = new Int32Array(vertexCount).fill(-1);
  const formVertices: number[] = [];
  const out = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const vertex = indices[i];
    if (renumbered[vertex] < 0) {
      renumbered[vertex] = formVertices.length;
      formVertices.push(vertex);
    }
    out[i] = renumbered[vertex];
  }
  return { formVertices: Uint32Array.from(formVertices), indices: out };
}
