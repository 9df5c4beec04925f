// Written by `npm run generate` from the contracts of the routes; edit those.
export interface AppealRequest {
  /** Why the refusal was wrong; repeat the words if they matter, for they were not kept. */
  comment: string;
}

export interface ModerationCheck {
  object: 'moderation_check';
  /** Whether a head of these words would be accepted. */
  allowed: boolean;
  /** What the words would be refused for, the worst first; empty when they are allowed. */
  categories: {
    /** Such as `hate`. */
    category: string;
    /** The code with which a create would be refused. */
    code: string;
    /** The field that it is about, RFC 6901. */
    pointer: string;
  }[];
  /** What the head would be labeled with. */
  labels: string[];
}

export interface ModerationCheckRequest {
  prompt: string;
  negative_prompt?: string;
}

export interface ModerationFlag {
  id: string;
  object: 'moderation_flag';
  /** Whether words were refused, or a picture. */
  stage: 'prompt' | 'output';
  /** The last part of the error code. */
  category: string;
  end_user: string | null;
  /** The job whose picture was refused. */
  job_id: string | null;
  created_at: string;
  /** What was said against it. */
  appeal: string | null;
  appealed_at: string | null;
  /** When an operator took it back; it counts no longer. */
  dismissed_at: string | null;
  urls: {
    self: string;
    appeal: string;
  };
}

export interface ModerationFlagList {
  object: 'list';
  data: ModerationFlag[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}
