import { compilePictureDistance, type PictureDistance } from '../../onnx/picture-distance.ts';
import type { Teacher } from '../../teacher/load-teacher.ts';

/** Compiles the distance of `batch` pairs of pictures, by the teacher's own encoder. */
export function openPictureDistance(teacher: Teacher, batch: number): Promise<PictureDistance> {
  return compilePictureDistance(teacher.vae, { batch, imageSize: teacher.manifest.imageSize });
}
