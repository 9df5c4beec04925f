import { ApiKeyWithSecret, RotateKeyRequest } from '@headwright/shared/api/keys';
import { KeyId } from '@headwright/shared/ids';
import { z } from 'zod';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { readJson } from '../../../http/read-json.ts';
import { rotateKey } from '../../../services/keys/rotate.ts';

export const rotateKeyContract: Contract = {
  operation: 'rotateKey',
  tag: 'Keys',
  summary: 'Rotate an API key',
  description:
    'Gives the key a new secret and lets the old one work on for `overlap_s` seconds. The key stays the same key: id, cap, usage and client tokens go on.',
  params: z.object({ id: KeyId }),
  body: RotateKeyRequest,
  responses: { 200: { description: 'The key with its new secret.', schema: ApiKeyWithSecret } },
  problems: ['resource.revoked'],
};

/** POST /v1/keys/{id}/rotate */
export async function postRotateKey(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, RotateKeyRequest);
  const key = await rotateKey(c.get('account'), pathParameter(c, 'id'), input);
  return c.json(key, 200, { 'Cache-Control': 'no-store' });
}
