import type { Claim, DraftFile } from './fake-runner.ts';

/** What a runner says of such a file. */
export const MODEL = {
  triangles: 12,
  vertices: 9,
  texture_size: 1024,
  extensions: ['X'],
  morphs: ['jawOpen'],
};

/** The renditions that a claim asks for, each with bytes of its own. */
export function renditionFiles(claim: Claim, salt = 0): DraftFile[] {
  return claim.job.renditions.map(({ name }, i) => ({
    name,
    contentType: 'whatever',
    bytes: Uint8Array.of(50 + i, salt),
    model: MODEL,
  }));
}
