// Written by `npm run generate` from the contracts of the routes; edit those.
import type { RenditionName } from './shared.ts';

export interface ApiKey {
  id: string;
  object: 'api_key';
  name: string;
  /** Keys of one mode never see objects of the other. */
  mode: 'test' | 'live';
  /** Last four characters of the secret. */
  hint: string;
  scopes: Scope[];
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap: number | null;
  /** Where the key is accepted; null is anywhere. */
  allowed_ips: string[] | null;
  created_at: string;
  expires_at: string | null;
  /** Exact to a minute. */
  last_used_at: string | null;
  revoked_at: string | null;
  /** Until then the secret from before the last rotation works, too; null if none does. */
  previous_secret_expires_at: string | null;
  urls: {
    self: string;
    rotate: string;
    revoke: string;
  };
}

export interface ApiKeyWithSecret {
  id: string;
  object: 'api_key';
  name: string;
  /** Keys of one mode never see objects of the other. */
  mode: 'test' | 'live';
  /** Last four characters of the secret. */
  hint: string;
  scopes: Scope[];
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap: number | null;
  /** Where the key is accepted; null is anywhere. */
  allowed_ips: string[] | null;
  created_at: string;
  expires_at: string | null;
  /** Exact to a minute. */
  last_used_at: string | null;
  revoked_at: string | null;
  /** Until then the secret from before the last rotation works, too; null if none does. */
  previous_secret_expires_at: string | null;
  urls: {
    self: string;
    rotate: string;
    revoke: string;
  };
  /** The key itself. It is stored as a hash: nobody can show it again. */
  secret: string;
}

export interface ClientToken {
  id: string;
  object: 'client_token';
  mode: 'test' | 'live';
  /** The key that minted it; the token dies with it. */
  key_id: string;
  end_user: string;
  allow: {
    /** Heads and edits that it may create in all. */
    create: number;
    read: ('own' | string[]) | null;
  };
  /** Heads and edits that it has created. */
  created_count: number;
  max_cost: number | null;
  /** Null: all files. */
  renditions: RenditionName[] | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  urls: {
    self: string;
    revoke: string;
  };
}

export interface ClientTokenList {
  object: 'list';
  data: ClientToken[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface ClientTokenWithSecret {
  id: string;
  object: 'client_token';
  mode: 'test' | 'live';
  /** The key that minted it; the token dies with it. */
  key_id: string;
  end_user: string;
  allow: {
    /** Heads and edits that it may create in all. */
    create: number;
    read: ('own' | string[]) | null;
  };
  /** Heads and edits that it has created. */
  created_count: number;
  max_cost: number | null;
  /** Null: all files. */
  renditions: RenditionName[] | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  urls: {
    self: string;
    revoke: string;
  };
  /** The token itself, for the app: `Authorization: Bearer …`. */
  secret: string;
}

export interface CreateClientTokenRequest {
  /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
  end_user: string;
  ttl_s?: number;
  allow: {
    /** Heads and edits that it may create in all. */
    create?: number;
    /** Which heads it may see besides those it makes: "own" for all of its end user’s, or up to 50 ids. */
    read?: 'own' | string[];
  };
  /** The most that its jobs may cost in all, in the minor unit of the currency. */
  max_cost?: number;
  /** The only files that it may order and read, beside `preview.png`; all unless given. */
  renditions?: RenditionName[];
}

export interface CreateKeyRequest {
  /** For people, who tell keys apart by it. */
  name: string;
  /** Some of those of the key that asks; all of them if left out. */
  scopes?: Scope[];
  /** From then on the key is refused; null is never. */
  expires_at?: string | null;
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap?: number | null;
  /** Addresses and ranges (`192.0.2.0/24`, `2001:db8::/32`) from which alone the key is accepted; null is from anywhere. Client tokens of the key are not bound by it. */
  allowed_ips?: string[] | null;
}

export interface KeyList {
  object: 'list';
  data: ApiKey[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}

export interface RotateKeyRequest {
  /** For so long the secret of now works beside the new one. */
  overlap_s?: number;
}

/** heads:read heads, revisions and jobs; heads:write create, edit, delete; jobs:cancel; assets:read files; usage:read usage, balance, ledger; webhooks:manage endpoints and events; tokens:mint client tokens; keys:manage keys; billing:manage limits and payment; account:manage export and deletion. */
export type Scope =
  | 'heads:read'
  | 'heads:write'
  | 'jobs:cancel'
  | 'assets:read'
  | 'usage:read'
  | 'webhooks:manage'
  | 'tokens:mint'
  | 'keys:manage'
  | 'billing:manage'
  | 'account:manage';

export interface UpdateKeyRequest {
  /** For people, who tell keys apart by it. */
  name?: string;
  scopes?: Scope[];
  /** From then on the key is refused; null is never. */
  expires_at?: string | null;
  /** The most that jobs of this key may cost in a calendar month (UTC), in the minor unit of the currency; null is no cap of its own. */
  monthly_spend_cap?: number | null;
  /** Addresses and ranges (`192.0.2.0/24`, `2001:db8::/32`) from which alone the key is accepted; null is from anywhere. Client tokens of the key are not bound by it. */
  allowed_ips?: string[] | null;
}
