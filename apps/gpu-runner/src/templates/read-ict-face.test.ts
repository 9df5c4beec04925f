import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ictEgg } from '../../../../test/egg-heads.ts';
import { createTemplateFolder, landmarkAt, TEST_SPACING } from '../../../../test/template-folder.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { TEMPLATE_PARTS } from '../ssd/head-template/head-template.ts';
import { landmarkAnchors } from '../ssd/landmarks/landmark-anchors.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';

const folder = createTemplateFolder();
const { landmarks: teacherLandmarks } = parseJsonFile(
  TeacherManifest,
  `${MODELS_DIRECTORY}/starter/teacher.json`,
);

afterAll(() => folder.remove());

describe('ICT-FaceKit', () => {
  const { obj, landmarks } = ictEgg();
  const kit = join(folder.path, 'FaceXModel');
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
    const template = await folder.make('ict', kit);
    expect(() => landmarkAnchors(template, teacherLandmarks)).not.toThrow();
    const { positions } = template.mesh;
    const y = positions.filter((_, i) => i % 3 === 1);
    // Lashes of the made kit lie 5 m above its head.
    expect(Math.max(...y)).toBeCloseTo(0.5, 6);
    expect(new Set(template.partOfTriangle)).toEqual(new Set(Object.values(TEMPLATE_PARTS)));
    expect(landmarkAt(template, 'eyeL', 0)[0]).toBeGreaterThan(0.05);
    expect(landmarkAt(template, 'irisL', 0)[0]).toBeGreaterThan(0.05);
    // The oval goes around eyes and mouth, on the skin.
    const oval = Array.from({ length: 36 }, (_, n) => landmarkAt(template, 'oval', n));
    const [eyes, mouth] = [landmarkAt(template, 'eyeL', 0)[1], landmarkAt(template, 'lips_out', 0)[1]];
    expect(Math.max(...oval.map((p) => p[1]))).toBeGreaterThan(eyes);
    expect(Math.min(...oval.map((p) => p[1]))).toBeLessThan(mouth);
    expect(Math.max(...oval.map((p) => p[0]))).toBeGreaterThan(landmarkAt(template, 'lips_out', 6)[0]);
    for (const [px, py, pz] of oval) {
      expect(Math.abs(template.signedDistance(px, py, pz))).toBeLessThan(TEST_SPACING / 2);
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
    await expect(folder.make('ict', kit)).rejects.toThrow(message);
  });
});
