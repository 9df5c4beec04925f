import { ServiceError } from '../services/errors.ts';
import type { Upload } from '../services/jobs/upload.ts';
import type { AppContext } from './context.ts';

/** One member of an RFC 9530 Content-Digest: SHA-256 as an RFC 9651 byte sequence. */
const SHA256_DIGEST = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/;

function digestHex(header: string | undefined): string {
  const encoded = SHA256_DIGEST.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    throw new ServiceError('input.invalid', 'The header Content-Digest with a sha-256 digest is required.');
  }
  return [...atob(encoded)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** A body of known length and digest, unread; nothing longer than `maxBytes`. */
export function readUpload(c: AppContext, maxBytes: number): Upload {
  const sha256 = digestHex(c.req.header('Content-Digest'));
  // The store takes a stream only when its length is known beforehand.
  const bytes = Number(c.req.header('Content-Length') ?? 0);
  const { body } = c.req.raw;
  if (body === null || !(bytes > 0)) {
    throw new ServiceError('input.invalid', 'A body with a Content-Length above zero is required.');
  }
  if (bytes > maxBytes) {
    throw new ServiceError('input.too_large', `The body may have at most ${maxBytes} bytes.`);
  }
  return { body, bytes, sha256 };
}
