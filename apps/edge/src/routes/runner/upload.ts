import { FILE_MAX_BYTES } from '@headwright/shared/limits';
import { FileName } from '@headwright/shared/runner/protocol';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { parseInput } from '../../http/read-json.ts';
import { readUpload } from '../../http/read-upload.ts';
import { uploadFile } from '../../services/jobs/upload.ts';

/** PUT /runner/v1/jobs/{id}/files/{name} */
export async function putFile(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const name = parseInput(FileName, pathParameter(c, 'name'));
  const upload = readUpload(c, FILE_MAX_BYTES);
  await uploadFile(c.get('runner'), pathParameter(c, 'id'), token, name, upload);
  return c.body(null, 204);
}
