CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`plan` text NOT NULL,
	`running_limit` integer NOT NULL,
	`waiting_limit` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "accounts_running_limit" CHECK(running_limit between 1 and 1000000),
	CONSTRAINT "accounts_waiting_limit" CHECK(waiting_limit between 0 and 1000000)
);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "api_keys_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "api_keys_hash" CHECK(length(hash) = 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_account` ON `api_keys` (`account_id`);--> statement-breakpoint
CREATE TABLE `assets` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`head_id` text NOT NULL,
	`job_id` text NOT NULL,
	`name` text NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`object_key` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`head_id`) REFERENCES `heads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assets_bytes" CHECK(bytes >= 1),
	CONSTRAINT "assets_sha256" CHECK(length(sha256) = 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assets_head_name` ON `assets` (`head_id`,`name`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`job_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`snapshot` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "events_sequence" CHECK(sequence >= 1),
	CONSTRAINT "events_snapshot" CHECK(json_valid(snapshot))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_job_sequence` ON `events` (`job_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `events_created` ON `events` (`created_at`);--> statement-breakpoint
CREATE TABLE `heads` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`prompt` text NOT NULL,
	`negative_prompt` text,
	`seed` integer NOT NULL,
	`preset` text NOT NULL,
	`warnings` text NOT NULL,
	`labels` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "heads_seed" CHECK(seed between 0 and 2147483647),
	CONSTRAINT "heads_json" CHECK(json_valid(warnings) and json_valid(labels))
);
--> statement-breakpoint
CREATE INDEX `heads_account` ON `heads` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`head_id` text NOT NULL,
	`kind` text NOT NULL,
	`mode` text NOT NULL,
	`preset` text NOT NULL,
	`status` text NOT NULL,
	`pool` text,
	`ready_rank` integer,
	`promoted_at` integer,
	`attempt` integer NOT NULL,
	`failures` integer NOT NULL,
	`token_hash` text,
	`runner` text,
	`lease_expires_at` integer,
	`progress` text,
	`progress_at` integer,
	`preview_count` integer NOT NULL,
	`error` text,
	`sequence` integer NOT NULL,
	`last_event_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`head_id`) REFERENCES `heads`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "jobs_status" CHECK(status in ('queued', 'running', 'canceling', 'succeeded', 'failed', 'canceled')),
	CONSTRAINT "jobs_ready_rank" CHECK((ready_rank is not null) = (status = 'queued' and pool is not null)),
	CONSTRAINT "jobs_lease" CHECK((lease_expires_at is not null) = (status in ('running', 'canceling'))),
	CONSTRAINT "jobs_finished" CHECK((finished_at is not null) = (status in ('succeeded', 'failed', 'canceled'))),
	CONSTRAINT "jobs_error" CHECK((error is not null) = (status = 'failed')),
	CONSTRAINT "jobs_failures" CHECK(failures between 0 and 3 and failures <= attempt),
	CONSTRAINT "jobs_sequence" CHECK(sequence >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_last_event_id_unique` ON `jobs` (`last_event_id`);--> statement-breakpoint
CREATE INDEX `jobs_ready` ON `jobs` (`pool`,`ready_rank`,`id`) WHERE ready_rank is not null;--> statement-breakpoint
CREATE INDEX `jobs_open` ON `jobs` (`account_id`,`pool`,`id`) WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX `jobs_leased` ON `jobs` (`lease_expires_at`) WHERE lease_expires_at is not null;--> statement-breakpoint
CREATE INDEX `jobs_head` ON `jobs` (`head_id`);--> statement-breakpoint
CREATE TABLE `runner_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`mode` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	CONSTRAINT "runner_keys_mode" CHECK(mode in ('test', 'live', 'any')),
	CONSTRAINT "runner_keys_hash" CHECK(length(hash) = 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runner_keys_hash_unique` ON `runner_keys` (`hash`);