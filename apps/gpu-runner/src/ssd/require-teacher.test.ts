import { expect, test } from 'vitest';
import starter from '../../../../models/starter/teacher.json' with { type: 'json' };
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { PRESET_SETTINGS } from './config.ts';
import { requireTeacher } from './require-teacher.ts';

const manifest = TeacherManifest.parse(starter);
const noise = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear' as const,
  num_train_timesteps: 1000,
  prediction_type: 'epsilon' as const,
};
const small = { name: 'starter', manifest, noise };
/** What a manifest of Stable Diffusion 2.1 with ControlNetMediaPipeFace says about the released cameras. */
const full = {
  ...small,
  name: 'sd21',
  manifest: {
    ...manifest,
    imageSize: 512,
    latentPictures: true,
    latentChannels: 4,
    framing: {
      ...manifest.framing,
      fovYDegrees: [30, 50] as [number, number],
      elevationDegrees: [-10, 45] as [number, number],
      halfHeight: 1,
      distanceFactor: [0.7, 1.3] as [number, number],
    },
  },
};

test('every other preset takes what it needs from the teacher', () => {
  for (const preset of ['smoke', 'draft', 'standard'] as const) {
    expect(() => requireTeacher(preset, PRESET_SETTINGS[preset], small)).not.toThrow();
  }
});

test('`paper` refuses a small teacher and names each field, what it needs and what is there', () => {
  const run = () => requireTeacher('paper', PRESET_SETTINGS.paper, small);
  expect(run).toThrow('preset paper: teacher starter does not allow it: imageSize: expected 512, got 128');
  expect(run).toThrow('framing.fovYDegrees: expected to hold 30.00 … 50.00 (released cameras), got [16,26]');
  expect(run).toThrow('framing.elevationDegrees');
});

test('`paper` runs on a teacher whose manifest holds the released settings', () => {
  expect(() => requireTeacher('paper', PRESET_SETTINGS.paper, full)).not.toThrow();
});

test('a start in latent space needs a manifest that permits it, and four channels', () => {
  const closed = { ...full, manifest: { ...full.manifest, latentPictures: false, latentChannels: 8 } };
  expect(() => requireTeacher('paper', PRESET_SETTINGS.paper, closed)).toThrow(
    'preset paper: teacher sd21 does not allow it: latentPictures: expected true ' +
      '(the first 1000 steps show normals and mask as a latent), got false; latentChannels: expected 4',
  );
});

test('a fixed background needs a teacher that saw any, or this one', () => {
  const { photo } = full.manifest.domains;
  const white = {
    ...full,
    manifest: {
      ...full.manifest,
      domains: {
        ...full.manifest.domains,
        photo: { ...photo, background: [1, 1, 1] as [number, number, number] },
      },
    },
  };
  expect(() => requireTeacher('paper', PRESET_SETTINGS.paper, white)).toThrow(
    'the background of the texture stage: expected "random" or [0.58,0.47,0.41], got [1,1,1]',
  );
});

test('timesteps beyond the schedule are refused', () => {
  const short = { ...full, noise: { ...noise, num_train_timesteps: 500 } };
  expect(() => requireTeacher('paper', PRESET_SETTINGS.paper, short)).toThrow(
    'scheduler num_train_timesteps: expected more than 500, got 500',
  );
});
