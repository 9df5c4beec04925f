import type { Log } from '../log.ts';
import type { Mailer } from './interface.ts';

/** On a developer's own machine a mail is a line of the log. */
export const logMails =
  (log: Log): Mailer =>
  async ({ id, to, subject, text }) =>
    log.info('mail', { id, to, subject, text });
