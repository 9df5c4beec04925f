import { describe, expect, test } from 'vitest';
import { parseObj } from './parse-obj.ts';

const parse = (text: string) => parseObj('a.obj', new TextEncoder().encode(text));
const CORNERS = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n';

describe('an OBJ file', () => {
  test('gives triangles, the polygons they come from and a texture coordinate per vertex', () => {
    const mesh = parse(
      `# a square\n${CORNERS}vt 0.5 0.25\nvn 0 0 1\ng a\nusemtl b\nf 1/1/1 2//1 3 4\r\nf -4 -3 -2\n`,
    );
    expect([...mesh.triangles]).toEqual([0, 1, 2, 0, 2, 3, 0, 1, 2]);
    expect([...mesh.polygonOfTriangle]).toEqual([0, 0, 1]);
    expect(mesh.polygonCount).toBe(2);
    expect(mesh.uvs?.slice(0, 4)).toEqual(Float64Array.of(0.5, 0.25, 0, 0));
    expect(parse(`${CORNERS}f 1 2 3`).uvs).toBeNull();
  });

  test.each([
    ['v 1 2', /a\.obj: line 1: expected 3 finite numbers, got v 1 2/],
    ['v 1 2 nan', /line 1: expected 3 finite/],
    [`${CORNERS}f 1 2 5`, /line 5: expected the number of one of 4 vertices, got 5/],
    [`${CORNERS}f 0 1 2`, /line 5: expected the number/],
    [`${CORNERS}f 1 2 1.5`, /got 1\.5/],
    [`${CORNERS}f -5 1 2`, /got -5/],
    [`${CORNERS}f 1/1 2 3`, /one of 0 texture coordinates/],
    [`${CORNERS}f 1 2`, /expected a face of 3 to 64 corners, got 2/],
    [`${CORNERS}f${' 1'.repeat(65)}`, /got 65/],
    [CORNERS, /a\.obj: expected a surface, got no faces/],
  ])('is refused by line: %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
