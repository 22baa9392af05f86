/** What under `/v1/` of admin-api only somebody who has signed in may do: no token of a script opens it, so it is not forwarded and not described here. */
const forPeople = ['session', 'sessions', 'password', 'first-admin', 'invitations', 'users', 'keys', 'audit', 'audit.csv', 'stream'];

/** Whether a path is one of those, however it is spelled (dots and percent signs are read as the forwarding reads them). Such a path is answered at the address of the app alone. */
export function isForPeople(url: string): boolean {
  const [, , first = ''] = new URL(url, 'http://any').pathname.split('/');
  try {
    return forPeople.includes(decodeURIComponent(first));
  } catch {
    return false;
  }
}
