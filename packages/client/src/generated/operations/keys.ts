// Written by `npm run generate` from the contracts of the routes; edit those.
import type {
  ApiKey,
  ApiKeyWithSecret,
  ClientToken,
  ClientTokenList,
  ClientTokenWithSecret,
  CreateClientTokenRequest,
  CreateKeyRequest,
  KeyList,
  RotateKeyRequest,
  UpdateKeyRequest,
} from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { WebhooksOperations } from './webhooks.ts';

/** API keys of a server, and narrow tokens for apps. */
export class KeysOperations extends WebhooksOperations {
  /** List API keys. */
  listKeys(
    query: {
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<KeyList> {
    return this.json<KeyList>({ method: 'GET', path: '/v1/keys', query }, options);
  }

  /** Make an API key. The new key belongs to the mode of the key that asks, and can have no scope, later end or higher cap than that one. Its secret is shown this once. */
  createKey(body: CreateKeyRequest, options: CallOptions = {}): Promise<ApiKeyWithSecret> {
    return this.json<ApiKeyWithSecret>({ method: 'POST', path: '/v1/keys', body }, options);
  }

  /** Read an API key. */
  getKey(id: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.json<ApiKey>({ method: 'GET', path: `/v1/keys/${encodeURIComponent(id)}` }, options);
  }

  /** Change an API key. Name, scopes, end and cap; what is left out stays. A key can give only what it has itself. A change reaches every part of the world within 5 seconds. */
  updateKey(id: string, body: UpdateKeyRequest, options: CallOptions = {}): Promise<ApiKey> {
    return this.json<ApiKey>({ method: 'PATCH', path: `/v1/keys/${encodeURIComponent(id)}`, body }, options);
  }

  /** Revoke an API key. Ends the key for good; calling it again changes nothing. From this moment it can start no job and its client tokens are refused; where it was used a moment ago it may still read for up to 5 seconds. */
  revokeKey(id: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.json<ApiKey>({ method: 'POST', path: `/v1/keys/${encodeURIComponent(id)}/revoke` }, options);
  }

  /** Rotate an API key. Gives the key a new secret and lets the old one work on for `overlap_s` seconds. The key stays the same key: id, cap, usage and client tokens go on. */
  rotateKey(id: string, body: RotateKeyRequest, options: CallOptions = {}): Promise<ApiKeyWithSecret> {
    return this.json<ApiKeyWithSecret>(
      { method: 'POST', path: `/v1/keys/${encodeURIComponent(id)}/rotate`, body },
      options,
    );
  }

  /** List client tokens. */
  listClientTokens(
    query: {
      /** Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names. */
      end_user?: string;
      limit?: number;
      /** Goes on behind this one: the last of the page before. */
      starting_after?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<ClientTokenList> {
    return this.json<ClientTokenList>({ method: 'GET', path: '/v1/client_tokens', query }, options);
  }

  /** Mint a client token. A short-lived credential for an app on somebody’s phone. It can do only what `allow` says and its key may, everything it does is counted under `end_user`, and it dies at the next request after its key was revoked. Browsers of any origin may read answers to client tokens. */
  createClientToken(
    body: CreateClientTokenRequest,
    options: CallOptions = {},
  ): Promise<ClientTokenWithSecret> {
    return this.json<ClientTokenWithSecret>({ method: 'POST', path: '/v1/client_tokens', body }, options);
  }

  /** Read a client token. */
  getClientToken(id: string, options: CallOptions = {}): Promise<ClientToken> {
    return this.json<ClientToken>(
      { method: 'GET', path: `/v1/client_tokens/${encodeURIComponent(id)}` },
      options,
    );
  }

  /** Revoke a client token. Ends the token: its next request is refused. Calling it again changes nothing. */
  revokeClientToken(id: string, options: CallOptions = {}): Promise<ClientToken> {
    return this.json<ClientToken>(
      { method: 'POST', path: `/v1/client_tokens/${encodeURIComponent(id)}/revoke` },
      options,
    );
  }
}
