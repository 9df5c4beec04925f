import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eyeCenter, faceTarget, flameEgg, flameEmbedding } from '../../../../test/egg-heads.ts';
import { type NpzInput, writeNpz } from '../../../../test/npz.ts';
import { createTemplateFolder, landmarkAt } from '../../../../test/template-folder.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import type { HeadTemplate } from '../ssd/head-template/head-template.ts';
import { landmarkAnchors } from '../ssd/landmarks/landmark-anchors.ts';
import { FileManifest, parseJsonFile } from '../teacher/checked-files.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { FLAME_OVAL, MEDIAPIPE_CHAINS } from './mediapipe-chains.ts';

const folder = createTemplateFolder();
const { landmarks: teacherLandmarks } = parseJsonFile(
  TeacherManifest,
  `${MODELS_DIRECTORY}/starter/teacher.json`,
);

afterAll(() => folder.remove());

describe('FLAME', () => {
  const egg = flameEgg();
  const embedding = flameEmbedding(egg);
  const model: Record<string, NpzInput> = {
    v_template: { descr: '<f8', shape: [5023, 3], values: egg.positions },
    f: { descr: '<u4', shape: [9976, 3], values: egg.triangles.flat() },
  };
  const points: Record<string, NpzInput> = {
    lmk_face_idx: { descr: '<i8', shape: [105], values: embedding.faces },
    lmk_b_coords: { descr: '<f8', shape: [105, 3], values: embedding.shares },
    landmark_indices: { descr: '<i8', shape: [105], values: embedding.ids },
  };
  const withArrays = (changes: Record<string, NpzInput>): string =>
    folder.file('changed.npz', writeNpz({ ...model, ...changes }));
  const withPoints = (changes: Record<string, NpzInput>): string =>
    folder.file('changed-points.npz', writeNpz({ ...points, ...changes }));
  let flame: string;
  let embedded: string;
  let template: HeadTemplate;
  /** From meters of the egg to the engine's units. */
  let toUnits: (p: readonly number[]) => number[];

  beforeAll(async () => {
    flame = folder.file('flame.npz', writeNpz(model));
    embedded = folder.file('embedding.npz', writeNpz(points));
    template = await folder.make('flame', flame, '--landmarks', embedded);
    const chin = landmarkAt(template, 'oval', 18);
    const height = (0.12 - egg.positions[FLAME_OVAL[18] * 3 + 1]) / (0.5 - chin[1]);
    const middleZ = eyeCenter(1)[2] + 0.012 - landmarkAt(template, 'irisL', 0)[2] * height;
    toUnits = ([x, y, z]) => [x / height, (y - 0.12) / height + 0.5, (z - middleZ) / height];
  });

  test('stands in the frame of the engine: top at 0.5, chin just above −0.5, skull evenly about z 0', () => {
    const y = template.mesh.positions.filter((_, i) => i % 3 === 1);
    expect(Math.max(...y)).toBeCloseTo(0.5, 6);
    expect(Math.abs(landmarkAt(template, 'oval', 18)[1] + 0.493)).toBeLessThan(1e-6);
    const skull = [...template.mesh.positions.keys()].filter(
      (i) => i % 3 === 2 && template.mesh.positions[i - 1] > 0.02,
    );
    const z = skull.map((i) => template.mesh.positions[i]);
    // The eyeballs belong to the face, not to the skull.
    expect(Math.abs(Math.max(...z) + Math.min(...z))).toBeLessThan(0.05);
  });

  test('has every chain a teacher asks for, each point where the embedding puts it', () => {
    expect(() => landmarkAnchors(template, teacherLandmarks)).not.toThrow();
    for (const [chain, ids] of Object.entries(MEDIAPIPE_CHAINS)) {
      expect(template.landmarks.get(chain)).toHaveLength(ids.length);
      for (let n = 0; n < ids.length; n++) {
        const [x, y] = toUnits(faceTarget(chain, n, ids.length));
        expect(landmarkAt(template, chain, n)[0]).toBeCloseTo(x, 5);
        expect(landmarkAt(template, chain, n)[1]).toBeCloseTo(y, 5);
      }
    }
  });

  test('puts the irises on the front of the eyeballs, the left one at +X', () => {
    const [x, y] = toUnits(eyeCenter(1));
    // Half of the way between two rings of the ball's vertices, 2.2 mm of 23 cm.
    for (const [chain, side] of [
      ['irisL', 1],
      ['irisR', -1],
    ] as const) {
      const [irisX, irisY] = landmarkAt(template, chain, 0);
      expect(Math.hypot(irisX - side * x, irisY - y)).toBeLessThan(0.006);
    }
  });

  test('is closed: inside the head, the neck and the eyeballs, outside around them and below the flat cut', () => {
    expect(template.signedDistance(0, 0, 0)).toBeLessThan(-0.2);
    expect(template.signedDistance(0, -0.6, 0)).toBeLessThan(-0.05);
    const [x, y, z] = toUnits(eyeCenter(1));
    expect(template.signedDistance(x, y, z)).toBeLessThan(0);
    expect(template.signedDistance(x, y, z + 0.15)).toBeGreaterThan(0.05);
    // The hole of the neck lies far below; the cut is at −0.696.
    expect(template.signedDistance(0, -0.75, 0)).toBeCloseTo(0.054, 2);
    expect(template.signedDistance(0, -0.9, 0)).toBeGreaterThan(0.15);
    const lowest = Math.min(...template.mesh.positions.filter((_, i) => i % 3 === 1));
    expect(lowest).toBeGreaterThan(-0.75);
  });

  test('tells what its parts may be used for', () => {
    const [file] = parseJsonFile(FileManifest, join(folder.made('flame'), 'manifest.json')).files;
    expect(file.license).toBe('CC-BY-4.0 AND LicenseRef-MPI-non-commercial');
    expect(readFileSync(join(folder.made('flame'), 'LICENSE'), 'utf8')).toMatch(
      /FLAME 2023 Open.*CC-BY-4\.0/s,
    );
  });

  test('takes chains of an own JSON file, and its license is FLAME alone', async () => {
    const chains = { eyeL: 1, eyeR: -1 };
    const near = (side: number, y: number): number[] =>
      [0.9, 1.1].map((share) => {
        const target = [side * 0.032 * share, y];
        let best = 0;
        const away = (v: number): number =>
          Math.hypot(egg.positions[v * 3] - target[0], egg.positions[v * 3 + 1] - target[1]) +
          (egg.positions[v * 3 + 2] > 0 ? 0 : 1);
        for (let v = 1; v < 3931; v++) if (away(v) < away(best)) best = v;
        return best;
      });
    const landmarks = {
      ...Object.fromEntries(Object.entries(chains).map(([name, side]) => [name, near(side, 0)])),
      lips_out: near(0, -0.06),
    };
    const own = folder.file('own.json', JSON.stringify({ landmarks }));
    const made = await folder.make('flame', flame, '--landmarks', own);
    expect([...made.landmarks.keys()].toSorted()).toEqual(
      ['eyeL', 'eyeR', 'irisL', 'irisR', 'lips_out', 'oval'].toSorted(),
    );
    expect(parseJsonFile(FileManifest, join(folder.made('flame'), 'manifest.json')).files[0].license).toBe(
      'CC-BY-4.0',
    );
    // Nobody would see brows in its pictures: a teacher that wants them is told.
    expect(() => landmarkAnchors(made, teacherLandmarks)).toThrow(
      /chain browL .* got none; it has .*lips_out/,
    );
  });

  test.each([
    [
      'a model that is not there',
      () => ['/nowhere/flame.npz', '--landmarks', embedded],
      /\/nowhere\/flame.npz.*FLAME 2023 Open.*flame\.is\.tue\.mpg\.de.*CC-BY-4\.0/,
    ],
    [
      'no landmarks',
      () => [flame],
      /--landmarks: expected.*mediapipe_landmark_embedding\.npz.*non-commercial/,
    ],
    [
      'landmarks that are not there',
      () => [flame, '--landmarks', '/nowhere/e.npz'],
      /\/nowhere\/e\.npz.*mediapipe_landmark_embedding\.npz.*license: Max Planck/,
    ],
    [
      'a pickle',
      () => [folder.file('flame.pkl', Buffer.from([0x80, 2, 0])), '--landmarks', embedded],
      /flame\.pkl.*pickle: docs\/templates\.md/,
    ],
    [
      'a cut archive',
      () => [folder.file('cut.npz', writeNpz(model).subarray(0, 4000)), '--landmarks', embedded],
      /cut\.npz: expected a whole \.npz/,
    ],
    [
      'a missing array',
      () => [folder.file('half.npz', writeNpz({ f: model.f })), '--landmarks', embedded],
      /half\.npz: expected the array v_template/,
    ],
    [
      'a body model',
      () => [
        withArrays({ v_template: { descr: '<f4', shape: [10475, 3], values: new Float32Array(31425) } }),
        '--landmarks',
        embedded,
      ],
      /v_template: expected shape \[5023, 3\], got \[10475, 3\]/,
    ],
    [
      'a vertex that is not there',
      () => [
        withArrays({ f: { descr: '<i4', shape: [9976, 3], values: egg.triangles.flat().with(7, 5023) } }),
        '--landmarks',
        embedded,
      ],
      /f: expected whole numbers below 5023, got 5023/,
    ],
    [
      'numbers that are none',
      () => [
        withArrays({
          v_template: { descr: '<f4', shape: [5023, 3], values: egg.positions.with(5, Number.NaN) },
        }),
        '--landmarks',
        embedded,
      ],
      /v_template: expected finite numbers/,
    ],
    [
      'an embedding of other points',
      () => [
        flame,
        '--landmarks',
        withPoints({
          landmark_indices: { descr: '<i4', shape: [105], values: embedding.ids.map((id) => id + 468) },
        }),
      ],
      /landmark_indices: expected MediaPipe's point 61/,
    ],
    [
      'shares that are none',
      () => [
        flame,
        '--landmarks',
        withPoints({
          lmk_b_coords: { descr: '<f4', shape: [105, 3], values: embedding.shares.map((s) => 2 * s) },
        }),
      ],
      /lmk_b_coords: row 0: expected shares of 1/,
    ],
    [
      'a mirrored head',
      () => [
        withArrays({
          v_template: {
            descr: '<f4',
            shape: [5023, 3],
            values: egg.positions.map((c, i) => (i % 3 === 0 ? -c : c)),
          },
        }),
        '--landmarks',
        embedded,
      ],
      /expected the subject's left eye at the larger x/,
    ],
    [
      'a head that lies',
      () => [
        withArrays({
          v_template: {
            descr: '<f4',
            shape: [5023, 3],
            values: egg.positions.map((_, i) => egg.positions[i - (i % 3) + ((i + 1) % 3)]),
          },
        }),
        '--landmarks',
        embedded,
      ],
      /expected .*\(\+Y up\)|expected the subject/,
    ],
  ])('%s is refused by name', async (_, args, message) => {
    await expect(folder.make('flame', ...args())).rejects.toThrow(message);
  });
});
