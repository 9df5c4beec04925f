import { z } from 'zod';

/** In memory of its own or shared. */
const numbers = z.custom<Float32Array>((value) => value instanceof Float32Array);

/** What a thread of a divided training is sent for one step. */
export const PartTask = z.object({
  inputs: z.record(z.string(), z.object({ data: numbers, shape: z.array(z.int()).readonly() })),
  /** In shared memory. */
  parameters: numbers,
});
export type PartTask = z.input<typeof PartTask>;

/** What it answers, besides the gradients in shared memory. */
export const PartResult = z.object({ loss: z.number(), metrics: z.record(z.string(), numbers) });
export type PartResult = z.infer<typeof PartResult>;
