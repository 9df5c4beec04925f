import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eyeCenter, faceTarget, flameEgg, flameEmbedding, ictEgg } from '../../../../test/egg-heads.ts';
import { type NpzInput, writeNpz } from '../../../../test/npz.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { type HeadTemplate, TEMPLATE_PARTS } from '../ssd/head-template/head-template.ts';
import { drawLandmarks } from '../ssd/landmarks/draw-landmarks.ts';
import { landmarkAnchors } from '../ssd/landmarks/landmark-anchors.ts';
import { FileManifest, parseJsonFile } from '../teacher/checked-files.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { FLAME_OVAL, MEDIAPIPE_CHAINS } from './mediapipe-chains.ts';
import { runTemplate } from './template-command.ts';

/** Coarse, so that a template takes a second: features finer than this are not measured here. */
const SPACING = 0.05;
const folder = mkdtempSync(join(tmpdir(), 'template-'));
const { landmarks: teacherLandmarks } = parseJsonFile(
  TeacherManifest,
  `${MODELS_DIRECTORY}/starter/teacher.json`,
);

afterAll(() => rmSync(folder, { recursive: true }));

async function make(...args: string[]): Promise<HeadTemplate> {
  const out = join(folder, `made-${args[0]}`);
  await runTemplate([...args, '--out', out], () => {}, SPACING);
  return loadHeadTemplate(out);
}

function pathOf(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Position of landmark n of a chain. */
function at({ mesh, landmarks }: HeadTemplate, chain: string, n: number): number[] {
  const v = landmarks.get(chain)?.[n] ?? Number.NaN;
  return [...mesh.positions.subarray(v * 3, v * 3 + 3)];
}

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
    pathOf('changed.npz', writeNpz({ ...model, ...changes }));
  const withPoints = (changes: Record<string, NpzInput>): string =>
    pathOf('changed-points.npz', writeNpz({ ...points, ...changes }));
  let flame: string;
  let embedded: string;
  let template: HeadTemplate;
  /** From meters of the egg to the engine's units. */
  let toUnits: (p: readonly number[]) => number[];

  beforeAll(async () => {
    flame = pathOf('flame.npz', writeNpz(model));
    embedded = pathOf('embedding.npz', writeNpz(points));
    template = await make('flame', flame, '--landmarks', embedded);
    const chin = at(template, 'oval', 18);
    const height = (0.12 - egg.positions[FLAME_OVAL[18] * 3 + 1]) / (0.5 - chin[1]);
    const middleZ = eyeCenter(1)[2] + 0.012 - at(template, 'irisL', 0)[2] * height;
    toUnits = ([x, y, z]) => [x / height, (y - 0.12) / height + 0.5, (z - middleZ) / height];
  });

  test('stands in the frame of the engine: top at 0.5, chin just above −0.5, skull evenly about z 0', () => {
    const y = template.mesh.positions.filter((_, i) => i % 3 === 1);
    expect(Math.max(...y)).toBeCloseTo(0.5, 6);
    expect(Math.abs(at(template, 'oval', 18)[1] + 0.493)).toBeLessThan(1e-6);
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
        expect(at(template, chain, n)[0]).toBeCloseTo(x, 5);
        expect(at(template, chain, n)[1]).toBeCloseTo(y, 5);
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
      const [irisX, irisY] = at(template, chain, 0);
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
    const [file] = parseJsonFile(FileManifest, join(folder, 'made-flame', 'manifest.json')).files;
    expect(file.license).toBe('CC-BY-4.0 AND LicenseRef-MPI-non-commercial');
    expect(readFileSync(join(folder, 'made-flame', 'LICENSE'), 'utf8')).toMatch(
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
    const own = pathOf('own.json', JSON.stringify({ landmarks }));
    const made = await make('flame', flame, '--landmarks', own);
    expect([...made.landmarks.keys()].toSorted()).toEqual(
      ['eyeL', 'eyeR', 'irisL', 'irisR', 'lips_out', 'oval'].toSorted(),
    );
    expect(parseJsonFile(FileManifest, join(folder, 'made-flame', 'manifest.json')).files[0].license).toBe(
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
      () => [pathOf('flame.pkl', Buffer.from([0x80, 2, 0])), '--landmarks', embedded],
      /flame\.pkl.*pickle: docs\/templates\.md/,
    ],
    [
      'a cut archive',
      () => [pathOf('cut.npz', writeNpz(model).subarray(0, 4000)), '--landmarks', embedded],
      /cut\.npz: expected a whole \.npz/,
    ],
    [
      'a missing array',
      () => [pathOf('half.npz', writeNpz({ f: model.f })), '--landmarks', embedded],
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
    await expect(make('flame', ...args())).rejects.toThrow(message);
  });
});

describe('ICT-FaceKit', () => {
  const { obj, landmarks } = ictEgg();
  const kit = join(folder, 'FaceXModel');
  const meshPath = join(kit, 'generic_neutral_mesh.obj');
  const indicesPath = join(kit, 'vertex_indices.json');
  const writeKit = (mesh: string | null, indices: unknown): void => {
    rmSync(kit, { recursive: true, force: true });
    mkdirSync(kit);
    if (mesh !== null) writeFileSync(meshPath, mesh);
    if (indices !== null) writeFileSync(indicesPath, JSON.stringify(indices));
  };
  const indices = { expressions: ['jawOpen'], idx_to_landmark_verts: landmarks };

  test('becomes a template with an oval, its inner parts kept and lashes left out', async () => {
    writeKit(obj, indices);
    const template = await make('ict', kit);
    expect(() => landmarkAnchors(template, teacherLandmarks)).not.toThrow();
    const { positions } = template.mesh;
    const y = positions.filter((_, i) => i % 3 === 1);
    // Lashes of the made kit lie 5 m above its head.
    expect(Math.max(...y)).toBeCloseTo(0.5, 6);
    expect(new Set(template.partOfTriangle)).toEqual(new Set(Object.values(TEMPLATE_PARTS)));
    expect(at(template, 'eyeL', 0)[0]).toBeGreaterThan(0.05);
    expect(at(template, 'irisL', 0)[0]).toBeGreaterThan(0.05);
    // The oval goes around eyes and mouth, on the skin.
    const oval = Array.from({ length: 36 }, (_, n) => at(template, 'oval', n));
    const [eyes, mouth] = [at(template, 'eyeL', 0)[1], at(template, 'lips_out', 0)[1]];
    expect(Math.max(...oval.map((p) => p[1]))).toBeGreaterThan(eyes);
    expect(Math.min(...oval.map((p) => p[1]))).toBeLessThan(mouth);
    expect(Math.max(...oval.map((p) => p[0]))).toBeGreaterThan(at(template, 'lips_out', 6)[0]);
    for (const [px, py, pz] of oval) {
      expect(Math.abs(template.signedDistance(px, py, pz))).toBeLessThan(SPACING / 2);
    }
    // The flakes in the middle of the head make no hollow.
    expect(template.signedDistance(0, 0, 0)).toBeLessThan(-0.2);
    expect(template.signedDistance(0, -0.75, 0)).toBeCloseTo(0.054, 2);
  });

  test.each([
    [
      'a folder that is not there',
      () => writeKit(null, null),
      /generic_neutral_mesh\.obj.*github\.com\/ICT-VGL\/ICT-FaceKit.*MIT/,
    ],
    ['a kit without landmarks', () => writeKit('f', null), /vertex_indices\.json.*ICT-FaceKit.*MIT/],
    [
      'another mesh',
      () => writeKit('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3', indices),
      /expected 26719 vertices and 26384 polygons, got 3 and 1/,
    ],
    [
      'a landmark that is no vertex',
      () => writeKit(obj, { idx_to_landmark_verts: landmarks.with(3, 26_719) }),
      /vertex_indices\.json: \/idx_to_landmark_verts\/3/,
    ],
    [
      'other landmarks',
      () => writeKit(obj, { idx_to_landmark_verts: landmarks.slice(17) }),
      /vertex_indices\.json: \/idx_to_landmark_verts: .*68/,
    ],
  ])('%s is refused by name', async (_, prepare, message) => {
    prepare();
    await expect(make('ict', kit)).rejects.toThrow(message);
  });
});

describe('an object', () => {
  test('says that it has no landmarks: its control pictures are black', async () => {
    const vase = await make('vase');
    expect(vase.landmarkFree).toBe(true);
    const anchors = landmarkAnchors(vase, teacherLandmarks);
    expect(anchors.positions).toHaveLength(0);
    const none = { points: new Float64Array(0), visible: new Uint8Array(0) };
    expect(drawLandmarks(anchors, none, teacherLandmarks, 16).some((c) => c > 0)).toBe(false);
  });

  test('is measured as it stands: largest half extent 0.6 around the origin', async () => {
    const lines = [];
    for (const x of [1, 3]) for (const y of [10, 14]) for (const z of [-1, 1]) lines.push(`v ${x} ${y} ${z}`);
    // Inside out: clockwise seen from outside.
    const box = ['1 3 4 2', '5 6 8 7', '1 2 6 5', '3 7 8 4', '1 5 7 3', '2 4 8 6'];
    const outward = box.map((face) => `f ${face}`);
    const inward = box.map((face) => `f ${face.split(' ').toReversed().join(' ')}`);
    const made = [];
    for (const faces of [outward, inward]) {
      const obj = pathOf('box.obj', [...lines, ...faces].join('\n'));
      made.push(await make('object', obj, '--license', 'CC0-1.0', '--source', 'a test'));
    }
    for (const template of made) {
      expect(Math.max(...template.mesh.positions)).toBeCloseTo(0.6, 6);
      // Off the middle, where distances to two sides meet.
      expect(template.signedDistance(0.2, 0.03, 0.02)).toBeCloseTo(-0.1, 3);
      expect(template.signedDistance(0, 0.7, 0)).toBeCloseTo(0.1, 3);
      expect(template.signedDistance(0.4, 0, 0)).toBeCloseTo(0.1, 3);
    }
  });

  test.each([
    ['no license', ['x.obj', '--source', 'me'], /--license: is needed/],
    ['no file', ['--license', 'MIT', '--source', 'me'], /the file of object: is needed/],
    [
      'a file that is not there',
      ['/nowhere.obj', '--license', 'MIT', '--source', 'me'],
      /\/nowhere\.obj: expected a Wavefront OBJ file/,
    ],
    [
      'landmarks',
      ['x.obj', '--license', 'MIT', '--source', 'me', '--landmarks', 'y'],
      /object takes no landmarks/,
    ],
  ])('%s is refused by name', async (_, args, message) => {
    await expect(make('object', ...args)).rejects.toThrow(message);
  });

  test('a folder of something else is never replaced', async () => {
    const out = join(folder, 'precious');
    mkdirSync(out);
    writeFileSync(join(out, 'diary.txt'), 'mine');
    await expect(runTemplate(['vase', '--out', out], () => {}, SPACING)).rejects.toThrow(
      /expected an empty folder/,
    );
    expect(readFileSync(join(out, 'diary.txt'), 'utf8')).toBe('mine');
  });
});
