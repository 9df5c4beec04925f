import { expect, test } from 'vitest';
import released from '../../../../docs/stable-diffusion-2.1.teacher.json' with { type: 'json' };
import starter from '../../../../models/starter/teacher.json' with { type: 'json' };
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { NOISE } from '../training/scheduler-config.ts';
import { PRESET_SETTINGS } from './config.ts';
import { requireTeacher } from './require-teacher.ts';

const manifest = TeacherManifest.parse(starter);
const noise = { ...NOISE, prediction_type: 'epsilon' } as const;
const small = { name: 'starter', manifest, noise };
const full = { ...small, name: 'sd21', manifest: TeacherManifest.parse(released) };

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
  const { paper } = PRESET_SETTINGS;
  expect(() => requireTeacher('paper', paper, full)).not.toThrow();
  for (const name of ['geometry', 'texture'] as const) {
    const { guidanceScale, anchor, weighting, timesteps } = paper[name];
    expect(full.manifest.stages[name]).toMatchObject({ guidanceScale, anchor, weighting, timesteps });
  }
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
