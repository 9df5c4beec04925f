import type { Teacher } from '../teacher/load-teacher.ts';
import type { RefineSettings } from './config.ts';
import { openPictureDistance } from './diffusion/open-picture-distance.ts';
import { openViewPainter } from './diffusion/open-view-painter.ts';
import { type RefineOptions, refineTexture } from './stages/refine-texture.ts';

/** What one sample is counted as: a ControlNet and UNet pass for one view and one text, of which a prediction takes two. */
export function bankSamples({ bank, paint }: RefineSettings): number {
  return 2 * bank * paint.steps;
}

/** Compiles the teacher for sampling and refines a textured head's colors; frees it again whatever happens. */
export async function refineHead(
  teacher: Teacher,
  options: Omit<RefineOptions, 'painter' | 'distance' | 'teacher'>,
): Promise<void> {
  const painter = await openViewPainter(teacher);
  try {
    const distance = await openPictureDistance(teacher, options.settings.viewsPerStep);
    try {
      await refineTexture({ ...options, painter, distance, teacher: teacher.sha256 });
    } finally {
      await distance.dispose();
    }
  } finally {
    await painter.dispose();
  }
}
