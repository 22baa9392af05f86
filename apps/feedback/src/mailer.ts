import { createTransport, type Transporter } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for the same invitation: a provider that knows it does not send it twice. */
  readonly messageId: string;
}

/** `refused`: not for this address, ever. `later`: nothing was taken; it may be tried again. Anything else is thrown: then nobody knows. */
export type MailOutcome = 'sent' | 'refused' | 'later';

/** Sends mail by SMTP. */
export class Mailer {
  private readonly transport: Transporter;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({
      url,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 10_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as object);
  }

  async send({ to, subject, text, html, messageId }: Mail): Promise<MailOutcome> {
    // What looks like two headers or two receivers is none.
    if (/[\r\n,;<>]/.test(to)) return 'refused';
    // What fails before the server has heard of the message has surely sent nothing.
    if (!(await this.answers())) return 'later';
    try {
      await this.transport.sendMail({
        from: { name: 'Throughline', address: this.from },
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return 'sent';
    } catch (error) {
      // The server's own word: it has not taken the message.
      const { responseCode } = error as { responseCode?: number };
      if (responseCode === undefined) throw error;
      return responseCode >= 500 ? 'refused' : 'later';
    }
  }

  private answers(): Promise<boolean> {
    return this.transport.verify().then(
      () => true,
      () => false,
    );
  }

  close(): void {
    this.transport.close();
  }
}
