CREATE TABLE `moderation_flags` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`end_user` text,
	`stage` text NOT NULL,
	`category` text NOT NULL,
	`job_id` text,
	`created_at` integer NOT NULL,
	`appeal` text,
	`appealed_at` integer,
	`dismissed_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "moderation_flags_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "moderation_flags_stage" CHECK((stage = 'prompt' and job_id is null) or (stage = 'output' and job_id is not null)),
	CONSTRAINT "moderation_flags_appeal" CHECK((appeal is null) = (appealed_at is null))
);
--> statement-breakpoint
CREATE INDEX `moderation_flags_recent` ON `moderation_flags` (`account_id`,`mode`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `moderation_flags_job` ON `moderation_flags` (`job_id`);