/** What is known of a stored object without reading it. */
export interface ObjectInfo {
  bytes: number;
  /** Lower-case hexadecimal; null when the object was stored without one. */
  sha256: string | null;
}

/** A stretch of an object, bytes. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** Object storage, as far as the edge needs it. Keys are slash-separated paths. */
export interface Objects {
  /**
   * Stores bytes under a key. With `sha256` (hexadecimal) the store checks them and returns false, keeping
   * what was there before, when they differ.
   */
  put(key: string, body: ReadableStream | ArrayBuffer, options: PutOptions): Promise<boolean>;
  /** The bytes, or a stretch of them, as a stream; null when there is no such key. */
  read(key: string, range?: ByteRange): Promise<ReadableStream | null>;
  inspect(key: string): Promise<ObjectInfo | null>;
  /** Deletes every object whose key starts with the prefix. */
  deletePrefix(prefix: string): Promise<void>;
}

export interface PutOptions {
  contentType: string;
  sha256?: string;
}
