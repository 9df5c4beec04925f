import { z } from 'zod';

/** Whom a developer makes heads for: the developer's own name of a person, opaque to us. Better no mail address. */
export const EndUser = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, { error: 'must be 1 to 128 visible ASCII characters without spaces' })
  .meta({
    description:
      'Your own opaque name of the person for whom this is made: 1 to 128 visible ASCII characters. Use, abuse and client tokens are counted by it. Do not send mail addresses or names.',
  });
