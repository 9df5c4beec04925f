import type { Objects } from './interface.ts';

/** `put: The SHA-256 checksum you specified did not match what we received. … (10037)`. */
const DIGEST_MISMATCH = /checksum|10037/i;

function toHex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Object storage over an R2 bucket. */
export function openObjects(bucket: R2Bucket): Objects {
  return {
    async put(key, body, options) {
      try {
        await bucket.put(key, body, {
          httpMetadata: { contentType: options.contentType },
          ...(options.sha256 === undefined ? {} : { sha256: options.sha256 }),
        });
        return true;
      } catch (error) {
        if (options.sha256 !== undefined && error instanceof Error && DIGEST_MISMATCH.test(error.message)) {
          return false;
        }
        throw error;
      }
    },
    async read(key, range) {
      const object = await bucket.get(key, range === undefined ? {} : { range });
      return object === null ? null : object.body;
    },
    async inspect(key) {
      const object = await bucket.head(key);
      if (object === null) return null;
      const digest = object.checksums.sha256;
      return { bytes: object.size, sha256: digest === undefined ? null : toHex(digest) };
    },
    async deletePrefix(prefix) {
      // Deleting what was listed moves the listing's start, so each round begins anew.
      for (;;) {
        const listing = await bucket.list({ prefix, limit: 1000 });
        if (listing.objects.length === 0) return;
        await bucket.delete(listing.objects.map((object) => object.key));
      }
    },
  };
}
