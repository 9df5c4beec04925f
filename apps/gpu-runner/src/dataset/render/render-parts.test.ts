import { describe, expect, test } from 'vitest';
import { createCamera } from '../../ssd/cameras/camera.ts';
import { createBall } from '../../ssd/renderer/ball-mesh.ts';
import { createRenderTarget } from '../../ssd/renderer/render-target.ts';
import { renderNormals } from '../../ssd/renderer/render-normals.ts';
import { prepareSurface } from '../../ssd/renderer/surface.ts';
import type { Material, Part, ShadingPoint } from '../part.ts';
import { mergeParts } from './merge-parts.ts';
import { createPartsRenderer } from './render-parts.ts';
import type { Light } from './sample-light.ts';

const camera = createCamera({
  azimuthRad: 0,
  elevationRad: 0,
  fovYRad: 0.36,
  distance: 4.8,
  target: [0, 0, 0],
});
/** A head 2 dm high whose middle is at (0, 7, 1). */
const frame = { height: 2, middleY: 7, middleZ: 1 };
const dark = { sky: [0, 0, 0], ground: [0, 0, 0], lamps: [], rim: 0, gloss: 1, occlusion: 0 } as const;
const even: Light = { ...dark, sky: [1, 1, 1], ground: [1, 1, 1] };
const black = { from: [0, 0, 0], to: [0, 0, 0], kind: 'linear', x: 0, y: 0 } as const;
const SIZE = 48;

/** A ball of `radius` decimeters around (x, 7, 1), with its rest coordinates as channels. */
function ball(material: Material, radius = 1, x = 0): Part {
  const { positions, indices } = createBall(24, () => radius);
  const placed = positions.map((value, i) => value + [x, 7, 1][i % 3]);
  return {
    name: 'ball',
    mesh: { positions: placed, indices },
    channels: placed.slice(),
    channelCount: 3,
    material,
  };
}

const white: Material = {
  shade(point) {
    point.red = 1;
    point.green = 1;
    point.blue = 1;
  },
};

function photo(parts: Part[], light: Light): (x: number, y: number) => number[] {
  const renderer = createPartsRenderer(SIZE);
  renderer.look(mergeParts(parts, frame), camera);
  const image = renderer.photo(light, black);
  return (x, y) => Array.from(image.subarray((y * SIZE + x) * 3, (y * SIZE + x) * 3 + 3));
}

describe('a rendered part', () => {
  test('is asked for its color at posed places, channels and unit vectors that fit together', () => {
    const seen: ShadingPoint[] = [];
    const spy: Material = {
      shade(point) {
        seen.push({ ...point, channels: point.channels.slice() });
        // What one pixel leaves behind must not reach the next.
        Object.assign(point, { gloss: 1, metal: 1, emission: 1, shininess: 90 });
      },
    };
    photo([ball(spy)], even);
    expect(seen.length).toBeGreaterThan(1000);
    for (const p of seen) {
      // The channels are the place itself; world units of the float32 mesh come back to 1e-5 decimeters.
      expect(Math.hypot(p.x - p.channels[0], p.y - p.channels[1], p.z - p.channels[2])).toBeLessThan(1e-5);
      // A ball of 24 segments deviates from its normals by a few hundredths at most.
      expect(Math.hypot(p.x - p.nx, p.y - 7 - p.ny, p.z - 1 - p.nz)).toBeLessThan(0.03);
      expect(Math.hypot(p.nx, p.ny, p.nz)).toBeCloseTo(1, 5);
      expect(Math.hypot(p.vx, p.vy, p.vz)).toBeCloseTo(1, 5);
      expect([p.gloss, p.metal, p.emission, p.shininess]).toEqual([0, 0, 0, 20]);
    }
  });

  test('shows its own color in even light and the background elsewhere', () => {
    const orange: Material = {
      shade(point) {
        point.red = 0.9;
        point.green = 0.5;
        point.blue = 0.1;
      },
    };
    const at = photo([ball(orange)], even);
    at(24, 24).forEach((value, k) => expect(value).toBeCloseTo([0.9, 0.5, 0.1][k], 5));
    expect(at(1, 1)).toEqual([0, 0, 0]);
  });

  test('is bright where it faces the lamp and dark where it does not', () => {
    const lamp = { direction: [1, 0, 0], color: [1, 1, 1] } as const;
    const at = photo([ball(white)], { ...dark, lamps: [lamp] });
    expect(at(34, 24)[0]).toBeGreaterThan(0.7);
    expect(at(13, 24)).toEqual([0, 0, 0]);
  });

  test('shines where it mirrors the lamp, in its own color if it is of metal', () => {
    const gold = (metal: number): Material => ({
      shade(point) {
        point.red = 0.8;
        point.green = 0.4;
        point.blue = 0;
        point.gloss = 0.5;
        point.metal = metal;
      },
    });
    const light: Light = { ...dark, lamps: [{ direction: [0, 0, 1], color: [0.2, 0.2, 0.2] }] };
    const plastic = photo([ball(gold(0))], light)(24, 24);
    const metal = photo([ball(gold(1))], light)(24, 24);
    expect(plastic[2]).toBeGreaterThan(0.08);
    expect(metal[2]).toBeCloseTo(0, 5);
    expect(metal[0]).toBeGreaterThan(plastic[0]);
  });

  test('that glows is seen without light', () => {
    const glow: Material = {
      shade(point) {
        point.red = 0.3;
        point.green = 0.6;
        point.blue = 0.9;
        point.emission = 1;
      },
    };
    photo([ball(glow)], dark)(24, 24).forEach((value, k) => expect(value).toBeCloseTo([0.3, 0.6, 0.9][k], 5));
  });

  test('hides what lies behind it, and darkens the fold between them', () => {
    const parts = [ball(white, 0.7, -0.6), ball(white, 0.7, 0.6)];
    const open = photo(parts, even);
    const folded = photo(parts, { ...even, occlusion: 1 });
    expect(open(24, 24)[0]).toBeCloseTo(1, 5);
    expect(folded(24, 24)[0]).toBeLessThan(0.8);
    for (const y of [20, 24, 28]) expect(folded(14, y)[0]).toBeGreaterThan(0.95);
  });
});

describe('the normal map', () => {
  test('is the one that the engine renders, whatever relief the material has', () => {
    const bent: Material = {
      shade(point) {
        point.nx = 1;
        point.ny = 0;
        point.nz = 0;
      },
    };
    const renderer = createPartsRenderer(SIZE);
    const scene = mergeParts([ball(bent)], frame);
    const target = createRenderTarget(SIZE);
    for (const azimuthRad of [0, 2]) {
      const view = createCamera({ ...camera, azimuthRad, elevationRad: 0.3 });
      renderer.look(scene, view);
      renderer.photo(even, black);
      const image = renderer.normalMap();
      renderNormals(prepareSurface(scene.mesh), view, target);
      for (let p = 0; p < SIZE * SIZE; p++) {
        // Outlines differ: the engine blends them by their exact place, here samples are counted.
        const inside = [-2, -1, 0, 1, 2].every(
          (d) => target.image[(p + d) * 3 + 2] > 0 && target.image[(p + d * SIZE) * 3 + 2] > 0,
        );
        if (!inside) continue;
        for (let k = 0; k < 3; k++) expect(image[p * 3 + k]).toBeCloseTo(target.image[p * 3 + k], 1);
      }
    }
  });
});

describe('a surface seen from behind', () => {
  test('looks as if it faced the viewer, in photos and in normal maps', () => {
    const front = ball(white);
    const insideOut = { ...front, mesh: { ...front.mesh, indices: front.mesh.indices.slice().reverse() } };
    const light: Light = { ...dark, lamps: [{ direction: [0.6, 0, 0.8], color: [1, 1, 1] }] };
    const renderer = createPartsRenderer(SIZE);
    const pictures = [front, insideOut].map((part) => {
      renderer.look(mergeParts([part], frame), camera);
      return [renderer.photo(light, black).slice(), renderer.normalMap().slice()];
    });
    // The sums of the normals run in another order.
    for (const k of [0, 1]) {
      const difference = pictures[0][k].map((value, i) => Math.abs(value - pictures[1][k][i]));
      expect(difference.reduce((most, value) => Math.max(most, value))).toBeLessThan(1e-4);
    }
  });
});

describe('mergeParts', () => {
  test('refuses channels and vertices that a part does not have', () => {
    const part = ball(white);
    expect(() => mergeParts([{ ...part, channelCount: 4 }], frame)).toThrow('ball');
    const beyond = { positions: part.mesh.positions, indices: Uint32Array.of(0, 1, 999999) };
    expect(() => mergeParts([{ ...part, mesh: beyond }], frame)).toThrow('999999');
  });

  test('keeps the normals of parts apart and speaks the engine’s units', () => {
    const whole = mergeParts([ball(white), ball(white, 0.5)], frame);
    const first = mergeParts([ball(white)], frame);
    const { positions } = first.mesh;
    expect(whole.normals.subarray(0, first.normals.length)).toEqual(first.normals);
    for (let i = 0; i < positions.length; i += 3) {
      expect(Math.hypot(positions[i], positions[i + 1], positions[i + 2])).toBeCloseTo(0.5, 5);
    }
  });
});
