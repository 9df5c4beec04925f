import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createTemplateFolder, TEST_SPACING } from '../../../../test/template-folder.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { drawLandmarks } from '../ssd/landmarks/draw-landmarks.ts';
import { landmarkAnchors } from '../ssd/landmarks/landmark-anchors.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { runTemplate } from './template-command.ts';

const folder = createTemplateFolder();
const { landmarks: teacherLandmarks } = parseJsonFile(
  TeacherManifest,
  `${MODELS_DIRECTORY}/starter/teacher.json`,
);

afterAll(() => folder.remove());

describe('an object', () => {
  test('says that it has no landmarks: its control pictures are black', async () => {
    const vase = await folder.make('vase');
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
      const obj = folder.file('box.obj', [...lines, ...faces].join('\n'));
      made.push(await folder.make('object', obj, '--license', 'CC0-1.0', '--source', 'a test'));
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
    await expect(folder.make('object', ...args)).rejects.toThrow(message);
  });

  test('a folder of something else is never replaced', async () => {
    const out = join(folder.path, 'precious');
    mkdirSync(out);
    writeFileSync(join(out, 'diary.txt'), 'mine');
    await expect(runTemplate(['vase', '--out', out], () => {}, TEST_SPACING)).rejects.toThrow(
      /expected an empty folder/,
    );
    expect(readFileSync(join(out, 'diary.txt'), 'utf8')).toBe('mine');
  });
});
