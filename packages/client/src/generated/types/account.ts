// Written by `npm run generate` from the contracts of the routes; edit those.
export interface Account {
  id: string;
  object: 'account';
  name: string;
  /** Where you are mailed when an endpoint is disabled or a cap comes near; null: nowhere. */
  contact_email: string | null;
  /** Name of the plan, from which the limits come. */
  plan: string;
  /** Jobs that may be running, or ready for a runner, at a time. */
  running_limit: number;
  /** Jobs that may wait behind those. */
  waiting_limit: number;
  /** Whether caches that many people share may keep the files behind signed links. */
  public_files: boolean;
  created_at: string;
  urls: {
    self: string;
    exports: string;
  };
}

export interface DeletedAccount {
  id: string;
  object: 'account';
  deleted: true;
  deleted_at: string;
}

export interface UpdateAccountRequest {
  name?: string;
  /** null: no mails. */
  contact_email?: string | null;
  /** Such a cache goes on serving a file to whoever has its link, also after that has expired or the head was deleted. */
  public_files?: boolean;
}
