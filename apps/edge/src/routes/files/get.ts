import { AssetId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../http/context.ts';
import type { Contract } from '../../http/contract.ts';
import { fileResponse } from '../../http/file-response.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { findLinkedFile } from '../../services/assets/find-linked-file.ts';

export const getLinkedFileContract: Contract = {
  operation: 'getLinkedFile',
  tag: 'Assets',
  summary: 'Read a file by signed link',
  description:
    'The address in an asset’s `url`. It needs no key, works in pages of any origin, and serves ranges (`Range`, `If-Range`) and revalidation (`If-None-Match`).',
  params: z.object({ id: AssetId, sha256: z.string(), name: z.string() }),
  query: z.object({
    expires: z.string().describe('Seconds since 1970.'),
    key: z.string().describe('Which of our keys signed.'),
    signature: z.string().describe('HMAC-SHA-256 of the path and the expiry.'),
  }),
  responses: {
    200: {
      description: 'The whole file.',
      contentType: 'application/octet-stream',
      headers: { ETag: 'The file’s SHA-256 in quotes.', 'Accept-Ranges': '`bytes`.' },
    },
    206: {
      description: 'The stretch that `Range` asked for.',
      contentType: 'application/octet-stream',
      headers: { 'Content-Range': 'Which stretch of how many bytes.' },
    },
    304: { description: 'The bytes are those that `If-None-Match` names.' },
  },
  problems: ['resource.not_found', 'asset.url_invalid', 'asset.url_expired', 'input.range_not_satisfiable'],
};

/** GET and HEAD /files/{id}/{sha256}/{name}?expires=…&key=…&signature=… */
export async function readLinkedFile(c: AppContext): Promise<Response> {
  c.set('isOpenToPages', true);
  const address = {
    id: pathParameter(c, 'id'),
    sha256: pathParameter(c, 'sha256'),
    name: pathParameter(c, 'name'),
  };
  const { expires, key, signature } = c.req.query();
  return fileResponse(c.req.raw, await findLinkedFile(c.get('deps'), address, { expires, key, signature }));
}
