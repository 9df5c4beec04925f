CREATE TABLE `client_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`key_id` text NOT NULL,
	`mode` text NOT NULL,
	`hash` text NOT NULL,
	`end_user` text NOT NULL,
	`create_limit` integer NOT NULL,
	`reach` text,
	`max_cost` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key_id`) REFERENCES `api_keys`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "client_tokens_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "client_tokens_hash" CHECK(length(hash) = 64),
	CONSTRAINT "client_tokens_create_limit" CHECK(create_limit between 0 and 1000),
	CONSTRAINT "client_tokens_max_cost" CHECK(max_cost is null or max_cost >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_tokens_hash_unique` ON `client_tokens` (`hash`);--> statement-breakpoint
CREATE INDEX `client_tokens_account` ON `client_tokens` (`account_id`,`id`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `hint` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `scopes` text DEFAULT '["heads:read","heads:write","jobs:cancel","assets:read","usage:read","webhooks:manage","tokens:mint","keys:manage","billing:manage","account:manage"]' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `monthly_spend_cap` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `previous_hash` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `previous_expires_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_previous_hash_unique` ON `api_keys` (`previous_hash`);--> statement-breakpoint
ALTER TABLE `heads` ADD `mode` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `heads` ADD `end_user` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `key_id` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `client_token_id` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `end_user` text;--> statement-breakpoint
CREATE INDEX `jobs_client_token` ON `jobs` (`client_token_id`) WHERE client_token_id is not null;--> statement-breakpoint
-- A head's mode is that of the key that asked for it, which its jobs already know.
UPDATE `heads` SET `mode` = coalesce((SELECT jobs.mode FROM `jobs` WHERE jobs.head_id = heads.id ORDER BY jobs.id LIMIT 1), 'live');
