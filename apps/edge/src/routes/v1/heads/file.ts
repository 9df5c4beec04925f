import type { AppContext } from '../../../http/context.ts';
import { fileResponse } from '../../../http/file-response.ts';
import { pathParameter } from '../../../http/path-parameter.ts';
import { parseInput } from '../../../http/read-json.ts';
import { findFile } from '../../../services/heads/find-file.ts';
import type { Contract } from '../../../http/contract.ts';
import { z } from 'zod';
import { HeadId, RevisionId } from '@headwright/shared/ids';

const FileQuery = z.object({ revision: RevisionId.optional() });

export const getFileContract: Contract = {
  operation: 'getFile',
  tag: 'Heads',
  summary: 'Fetch a file of a head',
  description:
    'The file of the current revision, or of the one that `revision` names; such a file never changes.',
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

/** GET and HEAD /v1/heads/{id}/file/{name}?revision={revision_id}; without one, the file of the current revision. */
export async function readFile(c: AppContext): Promise<Response> {
  const file = await findFile(c.get('account'), {
    headId: pathParameter(c, 'id'),
    revisionId: parseInput(FileQuery, c.req.query()).revision ?? null,
    name: pathParameter(c, 'name'),
  });
  return fileResponse(c.req.raw, file);
}
