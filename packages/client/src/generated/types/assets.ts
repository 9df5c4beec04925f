// Written by `npm run generate` from the contracts of the routes; edit those.
export interface Asset {
  id: string;
  object: 'asset';
  head_id: string;
  revision_id: string;
  job_id: string;
  name: string;
  content_type: string;
  /** `glb`, `usdz`, `png`, `webp`, `json`. */
  format: string;
  /** Which preset of `GET /v1/heads/{id}/file/{preset}` it belongs to, such as `mobile.glb`; else null. */
  rendition: string | null;
  bytes: number;
  /** Of the file, lower-case hexadecimal; also its ETag. */
  sha256: string;
  /** What a file with a surface holds; null for pictures, and for files from before this was kept. */
  model: {
    triangles: number;
    /** After cutting along the borders of the atlas. */
    vertices: number;
    /** Side of its square texture, texels. */
    texture_size: number;
    gltf_extensions: string[];
    morph_names: string[];
  } | null;
  created_at: string;
  /** That of its head; null: it stays until its head is deleted. */
  expires_at: string | null;
  /** A signed link that anybody can read who has it, in a browser of any origin, until it expires. */
  url: string;
  url_expires_at: string;
  urls: {
    self: string;
    content: string;
    head: string;
  };
}
