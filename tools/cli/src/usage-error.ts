/** Something a person can mend: its message is one sentence with the way to mend it, and is all that is shown. */
export class UsageError extends Error {}
