/** A mail to the owner of an account. */
export interface Mail {
  /** The event that it is about: sent twice under one id, it should arrive once. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Hands a mail to whoever delivers it; throws if nobody took it. */
export type Mailer = (mail: Mail) => Promise<void>;
