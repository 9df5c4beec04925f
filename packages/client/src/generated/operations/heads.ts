// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  CreateExportRequest,
  CreateExportResponse,
  CreateHeadRequest,
  CreateHeadResponse,
  CreateRevisionRequest,
  CreateRevisionResponse,
  DeletedHead,
  Head,
  HeadList,
  JobStatus,
  Revision,
  RevisionList,
  UpdateHeadRequest,
} from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { Transport } from '../../transport.ts';

/** Words in, a textured 3D head out; edits add revisions. */
export class HeadsOperations extends Transport {
  /** Make a head. Starts a job that makes a head from words. Follow `job.urls.events`, or poll `job.urls.self`. */
  createHead(body: CreateHeadRequest, options: CallOptions = {}): Promise<CreateHeadResponse> {
    return this.json<CreateHeadResponse>(
      { method: 'POST', path: '/v1/heads', body, takesIdempotencyKey: true },
      options,
    );
  }

  /** List heads. */
  listHeads(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
      /** Of the job that made the current revision, or shall make the first. */
      status?: JobStatus;
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
      /** Created at this instant or later. */
      'created[gte]'?: string;
      /** Created later than this instant. */
      'created[gt]'?: string;
      /** Created at this instant or earlier. */
      'created[lte]'?: string;
      /** Created earlier than this instant. */
      'created[lt]'?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<HeadList> {
    return this.json<HeadList>({ method: 'GET', path: '/v1/heads', query }, options);
  }

  /** Change name or metadata. Changes your own facts about a head. What is not named stays as it is. */
  updateHead(id: string, body: UpdateHeadRequest, options: CallOptions = {}): Promise<Head> {
    return this.json<Head>({ method: 'PATCH', path: `/v1/heads/${encodeURIComponent(id)}`, body }, options);
  }

  /** Delete a head. Deletes the head with all revisions and files, cancels its open job, and erases its words everywhere. Its jobs stay, without words, since they were paid for. Deleting it again changes nothing. */
  deleteHead(id: string, options: CallOptions = {}): Promise<DeletedHead> {
    return this.json<DeletedHead>({ method: 'DELETE', path: `/v1/heads/${encodeURIComponent(id)}` }, options);
  }

  /** Read a head. */
  getHead(id: string, options: CallOptions = {}): Promise<Head> {
    return this.json<Head>({ method: 'GET', path: `/v1/heads/${encodeURIComponent(id)}` }, options);
  }

  /** Fetch a file of a head. The file of the current revision, or of the one that `revision` names. The presets `preview.png`, `mobile.glb`, `full.glb`, `ios.usdz` and `android_ar.glb` lead on to a signed link; other files are answered as they are. */
  getFile(
    id: string,
    name: string,
    query: {
      revision?: string;
      /** `1`: instead of `mobile.glb` the same head without compression that a viewer must know. */
      compat?: '0' | '1';
    } = {},
    options: CallOptions = {},
  ): Promise<Response> {
    return this.send(
      {
        method: 'GET',
        path: `/v1/heads/${encodeURIComponent(id)}/file/${name.split('/').map(encodeURIComponent).join('/')}`,
        query,
      },
      options,
    );
  }

  /** List the revisions of a head. */
  listRevisions(
    id: string,
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<RevisionList> {
    return this.json<RevisionList>(
      { method: 'GET', path: `/v1/heads/${encodeURIComponent(id)}/revisions`, query },
      options,
    );
  }

  /** Edit a head by words. Starts a job that changes the shape, the colors, or both of a finished head and keeps the rest. One edit at a time. */
  createRevision(
    id: string,
    body: CreateRevisionRequest,
    options: CallOptions = {},
  ): Promise<CreateRevisionResponse> {
    return this.json<CreateRevisionResponse>(
      {
        method: 'POST',
        path: `/v1/heads/${encodeURIComponent(id)}/revisions`,
        body,
        takesIdempotencyKey: true,
      },
      options,
    );
  }

  /** Export a head to other files. Starts a job that writes a finished revision to files for phones, AR or animation: a ready-made rendition, or one of your own settings. Once it has succeeded they are among the files of the revision. If the same files of the revision are there, or on their way, the answer is the job that makes them, and nothing is charged. */
  createExport(
    id: string,
    body: CreateExportRequest,
    options: CallOptions = {},
  ): Promise<CreateExportResponse> {
    return this.json<CreateExportResponse>(
      {
        method: 'POST',
        path: `/v1/heads/${encodeURIComponent(id)}/exports`,
        body,
        takesIdempotencyKey: true,
      },
      options,
    );
  }

  /** Read a revision. */
  getRevision(id: string, revisionId: string, options: CallOptions = {}): Promise<Revision> {
    return this.json<Revision>(
      {
        method: 'GET',
        path: `/v1/heads/${encodeURIComponent(id)}/revisions/${encodeURIComponent(revisionId)}`,
      },
      options,
    );
  }
}
