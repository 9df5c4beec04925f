import type { AppContext } from '../../../http/context.ts';
import { fileResponse } from '../../../http/file-response.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { parseInput } from '../../../http/read-json.ts';
import { getAsset } from '../../../services/assets/get.ts';
import { findFile } from '../../../services/heads/find-file.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { HeadId, RevisionId } from '@headwright/shared/ids';
import { FILE_PRESETS, MOBILE_COMPAT_NAME } from '@headwright/shared/renditions';

const FileQuery = z.object({
  revision: RevisionId.optional(),
  compat: z
    .enum(['0', '1'])
    .optional()
    .describe('`1`: instead of `mobile.glb` the same head without compression that a viewer must know.'),
});

export const getFileContract: Contract = {
  operation: 'getFile',
  tag: 'Heads',
  summary: 'Fetch a file of a head',
  description:
    'The file of the current revision, or of the one that `revision` names. The presets `preview.png`, `mobile.glb`, `full.glb`, `ios.usdz` and `android_ar.glb` lead on to a signed link; other files are answered as they are.',
  params: z.object({
    id: HeadId,
    name: z.string().describe('As in `files[].name`: `head.glb`, `views/front.png`.'),
  }),
  query: FileQuery,
  headers: z.object({
    range: z.string().optional().describe('One range of bytes: `bytes=0-1023`.'),
    'if-range': z.string().optional().describe('The ETag that the range belongs to.'),
    'if-none-match': z.string().optional(),
  }),
  responses: {
    302: { description: 'On to a fresh signed link.', headers: { Location: 'The signed link.' } },
    200: {
      description: 'The file.',
      contentType: '*/*',
      headers: { ETag: 'SHA-256 of the file.', 'Accept-Ranges': 'bytes' },
    },
    206: { description: 'The range.', contentType: '*/*', headers: { 'Content-Range': 'Where it lies.' } },
    304: { description: 'It is as you know it.' },
  },
  problems: ['resource.deleted', 'resource.not_ready', 'input.range_not_satisfiable'],
};

/** GET and HEAD /v1/heads/{id}/file/{name}?revision={revision_id}&compat=1; without a revision, that of the current one. */
export async function readFile(c: AppContext): Promise<Response> {
  const { revision, compat } = parseInput(FileQuery, c.req.query());
  const asked = pathParameter(c, 'name');
  const name = asked === 'mobile.glb' && compat === '1' ? MOBILE_COMPAT_NAME : asked;
  const account = c.get('account');
  const file = await findFile(account, {
    headId: pathParameter(c, 'id'),
    revisionId: revision ?? null,
    name,
  });
  if (!FILE_PRESETS.some((preset) => preset === asked)) return fileResponse(c.req.raw, file);
  const { url } = await getAsset(account, file.assetId);
  return c.body(null, 302, { Location: url, 'Cache-Control': 'private, no-store' });
}
