import type { Deprecation } from '@headwright/shared/api-version';
import type { ErrorCode } from '@headwright/shared/error-codes';
import type { z } from 'zod';

/** Sections of the reference, in its order. */
export const TAGS = {
  Heads: 'Words in, a textured 3D head out; edits add revisions.',
  Jobs: 'The work behind a head: status, progress, events, cancel.',
  Assets: 'Finished files, and links to them that a phone can use.',
  Moderation: 'What is refused, told before anything is paid.',
  Billing: 'Quotes, balance, ledger, usage, limits, and payments.',
  Webhooks: 'Endpoints that are told, and the events that they are told of.',
  Keys: 'API keys of a server, and narrow tokens for apps.',
  Account: 'Export and deletion of everything that an account has.',
  Meta: 'Health, errors, models, and this document.',
} as const;
export type Tag = keyof typeof TAGS;

/** One answer of a route, when it is no problem document. */
export interface ResponseContract {
  description: string;
  /** Of the JSON body, or of the data of an event stream's frames. Without one there is no body, or one of `contentType`. */
  schema?: z.ZodType;
  /** Whether browsers get a page that says the same. */
  hasPage?: true;
  /** Of a body that is not JSON. */
  contentType?: string;
  /** Headers that say something of their own, each with its sentence. */
  headers?: Record<string, string>;
}

/**
 * What a route promises: its part of the OpenAPI document is generated from this, and the tests' client holds every
 * answer against it. What all routes of a kind share (401, 403, 429, faults of a body …) is added by `problemsOf`.
 */
export interface Contract {
  /** Unique, camelCase: `createHead`. The method of the TypeScript client has this name. */
  operation: string;
  tag: Tag;
  /** A title of three to six words. */
  summary: string;
  /** Sentences of Markdown. */
  description?: string;
  /** One field for each part of the path that varies. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Request headers of this route alone, named in lower case. */
  headers?: z.ZodObject;
  /** Of a JSON body. */
  body?: z.ZodType;
  /** By status. Every 2xx and 3xx that the route can answer with. */
  responses: Readonly<Record<number, ResponseContract>>;
  /** Set once its end is announced; every answer then says so. */
  deprecated?: Deprecation;
  /** Codes that this route can answer with besides those of its kind. */
  problems?: readonly ErrorCode[];
}
