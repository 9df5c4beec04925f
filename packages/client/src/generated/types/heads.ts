// Written by `npm run generate` from the contracts of the routes; edit those.
import type { Job, JobStatus, RenditionName } from './shared.ts';

export type CreateExportRequest =
  | {
      rendition: RenditionName;
      /** A finished revision of the head; the current one unless given. */
      revision_id?: string;
      /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
      deadline_s?: number;
      /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
      max_cost?: number;
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
    }
  | {
      format: 'glb';
      /** About 4,000 triangles, 16,000, or all that show; `medium` unless given. */
      lod?: 'low' | 'medium' | 'high';
      /** `meshopt` is EXT_meshopt_compression; `none` unless given. */
      compression?: 'none' | 'meshopt';
      textures?: {
        /** Side of the square texture, texels; 1024 unless given. */
        size?: 512 | 1024 | 2048;
        /** `jpeg` unless given; viewers must know extensions for `webp` and `ktx2`. */
        format?: 'jpeg' | 'png' | 'webp' | 'ktx2';
      };
      /** ARKit’s 52 expressions as morph targets; `none` unless given. */
      morphs?: 'none' | 'arkit-52';
      /** A finished revision of the head; the current one unless given. */
      revision_id?: string;
      /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
      deadline_s?: number;
      /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
      max_cost?: number;
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
    }
  | {
      format: 'usdz';
      /** `medium` unless given. */
      lod?: 'low' | 'medium';
      textures?: {
        /** Side of the square texture, texels; 1024 unless given. */
        size?: 512 | 1024 | 2048;
        /** `jpeg` unless given. */
        format?: 'jpeg' | 'png';
      };
      /** A finished revision of the head; the current one unless given. */
      revision_id?: string;
      /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
      deadline_s?: number;
      /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
      max_cost?: number;
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
    };

export interface CreateExportResponse {
  export: Export;
  job: Job;
}

export interface CreateHeadRequest {
  prompt: string;
  negative_prompt?: string;
  seed?: number;
  preset?: 'smoke' | 'draft' | 'standard';
  /** A version, or an alias, which stands for its newest version: `GET /v1/models` lists both. */
  model?: string;
  name?: string;
  /** Your own facts, at most 20; we store them and read none. */
  metadata?: Record<string, string>;
  /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
  deadline_s?: number;
  /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
  end_user?: string;
  /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
  max_cost?: number;
  /** Hold for the head’s edits, too. */
  features?: {
    /** Gives `head.glb` and `mobile.glb` ARKit’s 52 expressions as morph targets. */
    blendshapes?: boolean;
  };
  /** Files that are made with the head, and again with each of its edits, at no extra cost. `preview.png` always is. */
  renditions?: RenditionName[];
}

export interface CreateHeadResponse {
  head: Head;
  job: Job;
}

export interface CreateRevisionRequest {
  /** `geometry`: the shape. `texture`: the colors. `restyle`: both, from the same words, as one job. */
  kind: 'geometry' | 'texture' | 'restyle';
  /** What shall be otherwise, such as "laughing"; the words of the head need not be repeated. */
  prompt: string;
  negative_prompt?: string;
  seed?: number;
  /** A version or an alias; unless given that of the current revision, or its successor if that was retired. */
  model?: string;
  /** A job that no runner has begun after so many seconds expires and costs nothing; 86400 unless given. One that has begun is not cut short. */
  deadline_s?: number;
  /** Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units. */
  max_cost?: number;
  /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
  end_user?: string;
}

export interface CreateRevisionResponse {
  revision: Revision;
  job: Job;
}

export interface DeletedHead {
  id: string;
  object: 'head';
  deleted: true;
  deleted_at: string;
}

export interface Export {
  object: 'export';
  job_id: string;
  head_id: string;
  revision_id: string;
  files: {
    name: string;
    format: 'glb' | 'usdz';
    lod: 'low' | 'medium' | 'high';
    compression: 'none' | 'meshopt';
    textures: {
      size: 512 | 1024 | 2048;
      format: 'jpeg' | 'png' | 'webp' | 'ktx2';
    };
    morphs: 'none' | 'arkit-52';
  }[];
  urls: {
    job: string;
    revision: string;
  };
}

export interface Head {
  id: string;
  object: 'head';
  /** Your own name for the head. */
  name: string | null;
  /** Your own facts about the head. */
  metadata: Record<string, string>;
  prompt: string;
  negative_prompt: string | null;
  seed: number;
  preset: 'smoke' | 'draft' | 'standard';
  /** The version of the model, as it was resolved. */
  model: string;
  /** The newest finished revision, null before the first; an edit that is under way or has failed changes nothing. */
  revision_id: string | null;
  /** The job that made the current revision; before there is one, the job that shall make the first. */
  job_id: string;
  status: JobStatus;
  /** Whether that job has ended; a new status cannot break an old client. */
  terminal: boolean;
  files: HeadFile[];
  /** Sentences about what may disappoint, such as prompt words that the model was hardly trained on. */
  warnings: string[];
  /** Labels put on by moderation, such as `real_person:…`. */
  labels: string[];
  /** As they were asked for. */
  features: {
    blendshapes: boolean;
  };
  /** As they were asked for. */
  renditions: RenditionName[];
  /** For whom it was made, in your own words; null if you named nobody. */
  end_user: string | null;
  created_at: string;
  /** Then it is deleted by itself, as `DELETE` would; null: it stays until you delete it. */
  expires_at: string | null;
  urls: {
    self: string;
    job: string;
    revisions: string;
  };
}

export interface HeadFile {
  name: string;
  content_type: string;
  bytes: number;
  sha256: string;
  /** `GET /v1/assets/{id}` gives a link to it that needs no key. */
  asset_id: string;
  /** Where a key or client token reads it. */
  url: string;
}

export interface HeadList {
  object: 'list';
  data: Head[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface Revision {
  id: string;
  object: 'revision';
  head_id: string;
  kind: 'head' | 'geometry' | 'texture' | 'restyle';
  prompt: string;
  negative_prompt: string | null;
  seed: number;
  /** The version of the model, as it was resolved. */
  model: string;
  /** The revision that this one edits, null for a new head. */
  parent_id: string | null;
  job_id: string;
  /** The job’s. */
  status: JobStatus;
  /** Whether the job has ended. */
  terminal: boolean;
  files: HeadFile[];
  warnings: string[];
  labels: string[];
  created_at: string;
  urls: {
    self: string;
    head: string;
    job: string;
  };
}

export interface RevisionList {
  object: 'list';
  data: Revision[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface UpdateHeadRequest {
  /** Your own name for the head; null removes it. */
  name?: string | null;
  /** Keys to set; null removes one, and those that are not named stay (RFC 7396). */
  metadata?: Record<string, string | null>;
}
