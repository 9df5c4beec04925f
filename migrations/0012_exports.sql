CREATE TABLE `exports` (
	`job_id` text PRIMARY KEY NOT NULL,
	`revision_id` text NOT NULL,
	`renditions` text NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revisions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exports_renditions" CHECK(json_array_length(renditions) >= 1)
);
--> statement-breakpoint
CREATE INDEX `exports_revision` ON `exports` (`revision_id`);--> statement-breakpoint
DROP INDEX `jobs_head_open`;--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_head_open` ON `jobs` (`head_id`) WHERE finished_at is null and kind <> 'export';--> statement-breakpoint
ALTER TABLE `assets` ADD `model` text;--> statement-breakpoint
ALTER TABLE `heads` ADD `blendshapes` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `heads` ADD `renditions` text DEFAULT '[]' NOT NULL;