ALTER TABLE `jobs` ADD `is_watched` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_queued` ON `jobs` (`account_id`,`id`) WHERE status = 'queued';