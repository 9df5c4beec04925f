import type { ByteRange } from '../ports/objects/interface.ts';
import { ServiceError } from '../services/errors.ts';
import type { FoundFile } from '../services/heads/find-file.ts';

const SINGLE_RANGE = /^bytes=\s*(\d*)-(\d*)\s*$/;

/**
 * The stretch that a Range header asks for; null when the whole file is to be sent: no header, a unit or a list
 * of ranges that we do not serve, or a range that is no range.
 *
 * References: RFC 9110, 14.1.2 and 14.2.
 */
export function parseRange(header: string | null, bytes: number): ByteRange | null {
  const match = SINGLE_RANGE.exec(header ?? '');
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    if (length === 0) throw new ServiceError('input.range_not_satisfiable', undefined, { fileBytes: bytes });
    return { offset: bytes - length, length };
  }
  const offset = Number(first);
  if (last !== '' && Number(last) < offset) return null;
  if (offset >= bytes) throw new ServiceError('input.range_not_satisfiable', undefined, { fileBytes: bytes });
  const end = last === '' ? bytes : Math.min(Number(last) + 1, bytes);
  return { offset, length: end - offset };
}

/** If-None-Match compares weakly: a `W/` before our tag still names our bytes. RFC 9110, 13.1.2. */
export function isUnchanged(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

/** Serves a finished file: conditional, in parts, or only its headers. */
export async function fileResponse(request: Request, file: FoundFile): Promise<Response> {
  const etag = `"${file.sha256}"`;
  const keeper = file.isShared ? 'public' : 'private';
  const headers = new Headers({
    ETag: etag,
    'Cache-Control': file.mayChange ? `${keeper}, no-cache` : `${keeper}, max-age=31536000, immutable`,
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
  });
  if (isUnchanged(request.headers.get('If-None-Match') ?? undefined, etag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set('Content-Type', file.contentType);
  // A Range whose If-Range names other bytes asks for the whole file. RFC 9110, 13.1.5; we send no dates, so
  // only our own strong tag can match.
  const ifRange = request.headers.get('If-Range');
  const wanted = ifRange === null || ifRange.trim() === etag ? request.headers.get('Range') : null;
  const range = request.method === 'HEAD' ? null : parseRange(wanted, file.bytes);
  headers.set('Content-Length', String(range?.length ?? file.bytes));
  if (request.method === 'HEAD') return new Response(null, { headers });
  if (range === null) return new Response(await file.read(), { headers });
  headers.set('Content-Range', `bytes ${range.offset}-${range.offset + range.length - 1}/${file.bytes}`);
  return new Response(await file.read(range), { status: 206, headers });
}
