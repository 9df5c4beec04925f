import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseHeadTemplate } from '../head-template/head-template.ts';
import { computeVertexNormals } from '../renderer/vertex-normals.ts';
import { type Morph, transferExpressions } from './transfer-expressions.ts';

const template = parseHeadTemplate(
  readFileSync(new URL('../../../../../models/head-template/head-template.safetensors', import.meta.url)),
);
const { positions } = template.mesh;
const skin = template.mesh.indices.filter((_, i) => template.partOfTriangle[Math.floor(i / 3)] === 0);
const { normals } = computeVertexNormals({ positions, indices: skin });

/** Points a little in front of vertices that an expression moves, so that nothing but nearness can tell whose they are. */
function inFront(vertices: ArrayLike<number>, byHeads: number) {
  const points = new Float32Array(3 * vertices.length);
  const facing = new Float32Array(3 * vertices.length);
  for (let i = 0; i < vertices.length; i++) {
    for (let k = 0; k < 3; k++) {
      const n = normals[3 * vertices[i] + k];
      points[3 * i + k] = positions[3 * vertices[i] + k] + byHeads * n;
      facing[3 * i + k] = n;
    }
  }
  return { points, facing };
}

const moves = (morphs: Morph[], name: string): Float32Array => {
  const morph = morphs.find((each) => each.name === name);
  if (morph === undefined) throw new Error(`expected ${name}`);
  return morph.offsets;
};

/** Of the skin, what opens with the jaw: below the mouth and in front. */
const chin = [...(template.expressions.get('jawOpen')?.vertices ?? [])].filter(
  (v) => new Set(skin).has(v) && positions[3 * v + 1] < -0.36 && positions[3 * v + 2] > 0.3,
);

describe('a head inherits the template’s expressions', () => {
  const wanted = new Map(
    [...template.expressions].filter(([name]) => ['jawOpen', 'tongueOut'].includes(name)),
  );
  const source = { ...template, expressions: wanted };

  test('skin that lies on the template moves as the template’s, in the order of its names', () => {
    expect(chin.length).toBeGreaterThan(20);
    const { points, facing } = inFront(chin, 0.001);
    const morphs = transferExpressions(source, points, facing);
    expect(morphs.map(({ name }) => name)).toEqual([...wanted.keys()]);
    const { vertices, offsets } = template.expressions.get('jawOpen') ?? {
      vertices: new Uint32Array(),
      offsets: new Float32Array(),
    };
    const got = moves(morphs, 'jawOpen');
    chin.forEach((vertex, i) => {
      const at = vertices.indexOf(vertex);
      for (let k = 0; k < 3; k++) expect(Math.abs(got[3 * i + k] - offsets[3 * at + k])).toBeLessThan(0.01);
    });
    expect(moves(morphs, 'tongueOut').every((value) => value === 0)).toBe(true);
  });

  test('a beard goes along, what stands far off does not', () => {
    const move = (byHeads: number): number => {
      const { points, facing } = inFront(chin, byHeads);
      const offsets = moves(transferExpressions(source, points, facing), 'jawOpen');
      return Math.hypot(...offsets) / Math.sqrt(chin.length);
    };
    expect(move(0.05)).toBeGreaterThan(0.9 * move(0));
    expect(move(0.4)).toBeLessThan(0.05 * move(0));
  });

  test('a template without expressions gives none', () => {
    expect(transferExpressions({ ...template, expressions: new Map() }, positions, normals)).toEqual([]);
  });
});
