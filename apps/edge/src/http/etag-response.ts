import { isUnchanged } from './file-response.ts';

/** Serves a public text that changes only with the Worker: its strong ETag is its SHA-256. */
export async function etagResponse(request: Request, text: string, contentType: string): Promise<Response> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const etag = `"${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' };
  if (isUnchanged(request.headers.get('If-None-Match') ?? undefined, etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(bytes, { headers: { ...headers, 'Content-Type': contentType } });
}
