-- Rebuilt for its CHECK: one kind of edit more. Other tables and the table itself refer to it by name, so its rows leave and
-- return within one transaction, at whose end the references are checked.
PRAGMA defer_foreign_keys = on;--> statement-breakpoint
CREATE TABLE `revisions_before` AS SELECT * FROM `revisions`;--> statement-breakpoint
DROP TABLE `revisions`;--> statement-breakpoint
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
	CONSTRAINT "revisions_kind" CHECK(kind in ('head', 'geometry', 'texture', 'restyle')),
	CONSTRAINT "revisions_parent" CHECK((parent_id is null) = (kind = 'head')),
	CONSTRAINT "revisions_seed" CHECK(seed between 0 and 2147483647),
	CONSTRAINT "revisions_json" CHECK(json_valid(warnings) and json_valid(labels))
);
--> statement-breakpoint
INSERT INTO `revisions` (id, account_id, head_id, job_id, kind, prompt, negative_prompt, seed, parent_id, warnings, labels, created_at) SELECT id, account_id, head_id, job_id, kind, prompt, negative_prompt, seed, parent_id, warnings, labels, created_at FROM `revisions_before`;--> statement-breakpoint
DROP TABLE `revisions_before`;--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_job_id_unique` ON `revisions` (`job_id`);--> statement-breakpoint
CREATE INDEX `revisions_head` ON `revisions` (`head_id`,`id`);