import type { Database } from '../db/client.ts';
import type { Config } from '../env.ts';
import type { Clock } from '../ports/clock.ts';
import type { Doorbell } from '../ports/doorbell/interface.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Objects } from '../ports/objects/interface.ts';
import type { KeyMemory } from './keys/create-key-memory.ts';
import type { PromptCheck } from './moderation/create-prompt-check.ts';

/** The outside world, handed in. */
export interface Deps {
  db: Database;
  objects: Objects;
  doorbell: Doorbell;
  clock: Clock;
  ids: Ids;
  log: Log;
  config: Config;
  checkPrompt: PromptCheck;
  accountKeys: KeyMemory<AccountActor>;
  runnerKeys: KeyMemory<RunnerActor>;
}

export type KeyMode = 'test' | 'live';

/** A developer's key, verified. */
export interface AccountActor {
  kind: 'account';
  accountId: string;
  mode: KeyMode;
}

/** A runner's key, verified. */
export interface RunnerActor {
  kind: 'runner';
  runnerId: string;
  mode: KeyMode | 'any';
}

/** What every verb gets: who asks, and the outside world. */
export interface ServiceContext<A extends AccountActor | RunnerActor> {
  actor: A;
  requestId: string;
  deps: Deps;
}

export type AccountContext = ServiceContext<AccountActor>;
export type RunnerContext = ServiceContext<RunnerActor>;
