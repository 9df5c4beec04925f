import type { SessionChoice } from './execution-provider.ts';
import { Graph } from './graph.ts';
import { placeTeacher, type TeacherNetworks } from './networks/teacher-networks.ts';
import { add, scale } from './ops/elementwise.ts';
import { openSession } from './session.ts';

/** A compiled encoder. */
export interface LatentEncoder {
  readonly latentShape: readonly [number, number, number, number];
  /** Images [B, 3, S, S] in [0, 1] → scaled latents [B, C, h, h], the mean where the encoder has a posterior. */
  run(images: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Compiles the autoencoder's encoder for B images of side S. */
export async function compileLatentEncoder(
  teacher: TeacherNetworks,
  { batch, imageSize }: { readonly batch: number; readonly imageSize: number },
  choice: SessionChoice = {},
): Promise<LatentEncoder> {
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  const size = placed.latentSize(imageSize);
  const shape = [batch, 3, imageSize, imageSize];
  const signed = add(scale(graph.input('image', shape), 2), graph.scalar(-1));
  graph.output('latent', placed.encode(signed, null));
  const session = await openSession(graph.build(), choice);
  return {
    latentShape: [batch, placed.autoencoder.latentChannels, size, size],
    run: async (images) => (await session.run({ image: { data: images, shape } }))['latent'],
    dispose: () => session.dispose(),
  };
}
