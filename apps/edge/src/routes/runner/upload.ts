import { FILE_MAX_BYTES } from '@headwright/shared/limits';
import { FileName } from '@headwright/shared/runner/protocol';
import { attemptToken } from '../../http/attempt-token.ts';
import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { parseInput } from '../../http/read-json.ts';
import { ServiceError } from '../../services/errors.ts';
import { uploadFile } from '../../services/jobs/upload.ts';

/** One member of an RFC 9530 Content-Digest: SHA-256 as an RFC 9651 byte sequence. */
const SHA256_DIGEST = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/;

function digestHex(header: string | undefined): string {
  const encoded = SHA256_DIGEST.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    throw new ServiceError('input.invalid', 'The header Content-Digest with a sha-256 digest is required.');
  }
  return [...atob(encoded)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** PUT /runner/v1/jobs/{id}/files/{name} */
export async function putFile(c: AppContext): Promise<Response> {
  const token = await attemptToken(c);
  const name = parseInput(FileName, pathParameter(c, 'name'));
  const sha256 = digestHex(c.req.header('Content-Digest'));
  // The store takes a stream only when its length is known beforehand.
  const bytes = Number(c.req.header('Content-Length') ?? 0);
  const { body } = c.req.raw;
  if (body === null || !(bytes > 0)) {
    throw new ServiceError('input.invalid', 'A body with a Content-Length above zero is required.');
  }
  if (bytes > FILE_MAX_BYTES) {
    throw new ServiceError('input.too_large', `A file may have at most ${FILE_MAX_BYTES} bytes.`);
  }
  await uploadFile(c.get('runner'), pathParameter(c, 'id'), token, { name, body, sha256 });
  return c.body(null, 204);
}
