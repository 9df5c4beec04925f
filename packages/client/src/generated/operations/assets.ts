// Written by `npm run generate` from the contracts of the routes; edit those.
import type { Asset } from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { JobsOperations } from './jobs.ts';

/** Finished files, and links to them that a phone can use. */
export class AssetsOperations extends JobsOperations {
  /** Read an asset. What a file is, and a fresh signed link to its bytes that lasts an hour and needs no key: give it to a phone or a viewer. */
  getAsset(id: string, options: CallOptions = {}): Promise<Asset> {
    return this.json<Asset>({ method: 'GET', path: `/v1/assets/${encodeURIComponent(id)}` }, options);
  }

  /** Go to an asset’s bytes. */
  getAssetContent(id: string, options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/v1/assets/${encodeURIComponent(id)}/content` }, options);
  }

  /** Read a file by signed link. The address in an asset’s `url`. It needs no key, works in pages of any origin, and serves ranges (`Range`, `If-Range`) and revalidation (`If-None-Match`). */
  getLinkedFile(
    id: string,
    sha256: string,
    name: string,
    query: {
      /** Seconds since 1970. */
      expires: string;
      /** Which of our keys signed. */
      key: string;
      /** HMAC-SHA-256 of the path and the expiry. */
      signature: string;
    },
    options: CallOptions = {},
  ): Promise<Response> {
    return this.send(
      {
        method: 'GET',
        path: `/files/${encodeURIComponent(id)}/${encodeURIComponent(sha256)}/${name.split('/').map(encodeURIComponent).join('/')}`,
        query,
      },
      options,
    );
  }
}
