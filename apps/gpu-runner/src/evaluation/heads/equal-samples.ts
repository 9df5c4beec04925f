import type { HeadSettings, StageSettings } from '../../ssd/config.ts';
import { samplesPerView } from '../../ssd/distillation/score-settings.ts';
import type { Schedule } from '../../ssd/optimizer/schedule.ts';

/** Samples of the teacher that a head costs: passes of ControlNet and UNet for one view and one text. */
export function samplesOf({ geometry, texture }: HeadSettings): number {
  const stage = (each: StageSettings): number => each.steps * each.viewsPerStep * samplesPerView(each);
  return stage(geometry) + stage(texture);
}

/**
 * `settings` with as many steps a stage as the samples of `base` pay for; schedules are stretched along, so that each
 * ends where its stage does.
 */
export function withEqualSamples(settings: HeadSettings, base: HeadSettings): HeadSettings {
  const share = (stage: 'geometry' | 'texture'): number =>
    (base[stage].viewsPerStep * samplesPerView(base[stage])) /
    (settings[stage].viewsPerStep * samplesPerView(settings[stage]));
  const { geometry, texture } = settings;
  const g = share('geometry');
  const t = share('texture');
  return {
    ...settings,
    geometry: {
      ...geometry,
      steps: Math.round(geometry.steps * g),
      ...(geometry.latentSteps === undefined ? {} : { latentSteps: Math.round(geometry.latentSteps * g) }),
      learningRate: stretched(geometry.learningRate, g),
      normalConsistency: stretched(geometry.normalConsistency, g),
      laplacian: stretched(geometry.laplacian, g),
    },
    texture: {
      ...texture,
      steps: Math.round(texture.steps * t),
      gridLearningRate: stretched(texture.gridLearningRate, t),
      networkLearningRate: stretched(texture.networkLearningRate, t),
    },
  };
}

function stretched(schedule: Schedule, factor: number): Schedule {
  if (typeof schedule === 'number') return schedule;
  const [fromStep, fromValue, toValue, toStep, ...rest] = schedule;
  const scaled = rest.map((value, i) => (i % 2 === 1 ? Math.round(value * factor) : value));
  return [Math.round(fromStep * factor), fromValue, toValue, Math.round(toStep * factor), ...scaled];
}
