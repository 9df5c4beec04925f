// Written by `npm run generate` from the contracts of the routes; edit those.
export interface Asset {
  id: string;
  object: 'asset';
  head_id: string;
  revision_id: string;
  job_id: string;
  name: string;
  content_type: string;
  bytes: number;
  /** Of the file, lower-case hexadecimal; also its ETag. */
  sha256: string;
  created_at: string;
  /** A signed link that anybody can read who has it, in a browser of any origin, until it expires. */
  url: string;
  url_expires_at: string;
  urls: {
    self: string;
    content: string;
    head: string;
  };
}
