import type { PrivateFile } from '../services/jobs/read-base.ts';

/** Serves bytes that nobody else may see or keep. */
export function privateFileResponse(file: PrivateFile): Response {
  return new Response(file.body, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Cache-Control': 'private, no-store',
    },
  });
}
