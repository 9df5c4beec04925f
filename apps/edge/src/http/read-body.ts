import { ServiceError } from '../services/errors.ts';

/** Reads a request's body, refusing to hold more than `maxBytes` of it. */
export async function readBody(request: Request, maxBytes: number): Promise<ArrayBuffer> {
  const tooLarge = () => new ServiceError('input.too_large', `The body may have at most ${maxBytes} bytes.`);
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBytes) throw tooLarge();
  if (request.body === null) return new ArrayBuffer(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  const [first, ...more] = chunks;
  // Short bodies come in one piece, which needs no putting together.
  return first !== undefined && more.length === 0 ? first.slice().buffer : new Blob(chunks).arrayBuffer();
}
