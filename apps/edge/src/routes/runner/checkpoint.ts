import { CHECKPOINT_MAX_BYTES } from '@headwright/shared/limits';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { privateFileResponse } from '../../http/private-file-response.ts';
import { readUpload } from '../../http/read-upload.ts';
import { readCheckpoint } from '../../services/jobs/read-checkpoint.ts';
import { saveCheckpoint } from '../../services/jobs/save-checkpoint.ts';

/** GET /runner/v1/jobs/{id}/checkpoint */
export async function getCheckpoint(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  return privateFileResponse(await readCheckpoint(c.get('runner'), pathParameter(c, 'id'), token));
}

/** PUT /runner/v1/jobs/{id}/checkpoint */
export async function putCheckpoint(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const upload = readUpload(c, CHECKPOINT_MAX_BYTES);
  await saveCheckpoint(c.get('runner'), pathParameter(c, 'id'), token, upload);
  return c.body(null, 204);
}
