CREATE TABLE `revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`head_id` text NOT NULL,
	`job_id` text NOT NULL,
	`kind` text NOT NULL,
	`prompt` text NOT NULL,
	`negative_prompt` text,
	`seed` integer NOT NULL,
	`parent_id` text,
	`warnings` text NOT NULL,
	`labels` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`head_id`) REFERENCES `heads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent_id`) REFERENCES `revisions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "revisions_kind" CHECK(kind in ('head', 'geometry', 'texture')),
	CONSTRAINT "revisions_parent" CHECK((parent_id is null) = (kind = 'head')),
	CONSTRAINT "revisions_seed" CHECK(seed between 0 and 2147483647),
	CONSTRAINT "revisions_json" CHECK(json_valid(warnings) and json_valid(labels))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_job_id_unique` ON `revisions` (`job_id`);--> statement-breakpoint
CREATE INDEX `revisions_head` ON `revisions` (`head_id`,`id`);--> statement-breakpoint
-- Every head so far has one job, which becomes its first revision under the same ULID.
INSERT INTO `revisions` SELECT 'rev_' || substr(jobs.id, 5), heads.account_id, heads.id, jobs.id, 'head', heads.prompt, heads.negative_prompt, heads.seed, NULL, heads.warnings, heads.labels, heads.created_at FROM `heads` JOIN `jobs` ON jobs.head_id = heads.id;--> statement-breakpoint
UPDATE `jobs` SET `kind` = 'head';--> statement-breakpoint
-- Rebuilt for its CHECK: only so can no code path publish a state. Nothing refers to this table.
ALTER TABLE `assets` RENAME TO `assets_before`;--> statement-breakpoint
CREATE TABLE `assets` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`head_id` text NOT NULL,
	`job_id` text NOT NULL,
	`name` text NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`visibility` text NOT NULL,
	`object_key` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`head_id`) REFERENCES `heads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assets_visibility" CHECK(visibility = case when name = 'head.state' then 'private' else 'public' end),
	CONSTRAINT "assets_bytes" CHECK(bytes >= 1),
	CONSTRAINT "assets_sha256" CHECK(length(sha256) = 64)
);
--> statement-breakpoint
INSERT INTO `assets` SELECT id, account_id, head_id, job_id, name, content_type, bytes, sha256, CASE WHEN name = 'head.state' THEN 'private' ELSE 'public' END, object_key, created_at FROM `assets_before`;--> statement-breakpoint
DROP TABLE `assets_before`;--> statement-breakpoint
CREATE UNIQUE INDEX `assets_job_name` ON `assets` (`job_id`,`name`);--> statement-breakpoint
CREATE INDEX `assets_head` ON `assets` (`head_id`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `checkpoint` text;--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_head_open` ON `jobs` (`head_id`) WHERE finished_at is null;