/** E-mail by SMTP. STARTTLS is insisted on unless the settings say otherwise; certificates are checked always. */

import type { SecureContext } from 'node:tls';
import { getSystemErrorName } from 'node:util';
import nodemailer from 'nodemailer';
import type { Millis } from '../../../shared/model.ts';
import type { Clock } from '../../clock.ts';
import { foreignText } from '../../cloudflare/fault.ts';
import type { Attempt, Notice, Notifier } from '../contract.ts';
import { withDeadline } from './deadline.ts';
import type { HeldSecret } from './held-secret.ts';
import { mailText } from './mail-text.ts';
import { delivered, notYet, refused, sentenceOf } from './sink.ts';

export interface EmailOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly login: { readonly username: string; readonly password: HeldSecret } | null;
  /** `alerts@example.com` or `Tunnelwatch <alerts@example.com>`. */
  readonly from: string;
  readonly to: readonly string[];
}

export interface MailMachine {
  readonly clock: Clock;
  /** Whose certificates are trusted; asked for when first needed. */
  readonly trust: () => SecureContext;
  readonly deadlineMs: Millis;
}

const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? '';

const fieldOf = (error: object, name: string): unknown => Object.getOwnPropertyDescriptor(error, name)?.value;

/** Why, in words of the resolver or the socket: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
function causeOf(error: Error): string {
  const errno = fieldOf(error, 'errno');
  if (typeof errno === 'number' && errno < 0) return getSystemErrorName(errno);
  const inner = error.cause;
  const code = inner instanceof Error ? fieldOf(inner, 'code') : undefined;
  const own = fieldOf(error, 'code');
  return String(code ?? own ?? error.name);
}

function failure(error: unknown, where: string, password: HeldSecret | null): Attempt {
  if (!(error instanceof Error)) return notYet(`The mail server ${where} did not take it.`);
  const code = fieldOf(error, 'responseCode');
  const secret = password?.known() ?? null;
  const forms = secret === null ? [] : [secret, Buffer.from(secret).toString('base64')];
  const response = fieldOf(error, 'response');
  const said = typeof response === 'string' ? `: ${foreignText(response, forms)}` : '';
  if (typeof code === 'number' && code >= 500) {
    password?.forget();
    const what = causeOf(error) === 'EAUTH' ? 'refused the user or the password' : 'refused it';
    return refused(`The mail server ${where} ${what}${said}.`);
  }
  if (typeof code === 'number' && code >= 400) return notYet(`The mail server ${where} could not take it${said}.`);
  return notYet(`The mail server ${where} did not take it (${causeOf(error)}). Check its name, port and TLS.`);
}

/** One mail to all addresses; that some of them were refused is said, and is no failure. */
export function emailNotifier(options: EmailOptions, { clock, trust, deadlineMs }: MailMachine): Notifier {
  const { name, host, port, login, from, to } = options;
  const where = `${host}:${port}`;

  async function post(notice: Notice, id: string, signal: AbortSignal, late: () => boolean): Promise<Attempt> {
    const password = (await login?.password.read()) ?? null;
    if (password !== null && !password.ok) return notYet(sentenceOf(`There is no password: ${password.error}`));
    const mail = mailText(notice, id, domainOf(from));
    const transport = nodemailer.createTransport({
      host,
      port,
      secure: options.tls === 'implicit',
      requireTLS: options.tls === 'starttls',
      ignoreTLS: options.tls === 'none',
      ...(login !== null && password?.ok === true && { auth: { user: login.username, pass: password.value } }),
      ...(options.tls !== 'none' && { tls: { secureContext: trust() } }),
      connectionTimeout: deadlineMs,
      greetingTimeout: deadlineMs,
      socketTimeout: deadlineMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const info = await transport.sendMail({
        from,
        to: [...to],
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        inReplyTo: mail.thread,
        references: mail.thread,
        date: new Date(notice.at),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        ...(mail.urgent && { priority: 'high' as const }),
        signal,
      });
      const left = info.rejected.length;
      const missing = left === 0 ? '' : ` It refused ${left} of ${to.length} addresses.`;
      return delivered(`The mail server ${where} took it.${missing}`);
    } catch (error) {
      if (late()) return notYet(`No answer from the mail server ${where} within ${Math.round(deadlineMs / 1000)} s.`);
      return failure(error, where, login?.password ?? null);
    } finally {
      transport.close();
    }
  }

  return {
    name,
    type: 'email',
    target: to.join(', '),
    kinds: ['firing', 'worse', 'reminder', 'escalation', 'resolved', 'test'],
    deliver: (notice, id, signal) =>
      withDeadline(clock, deadlineMs, signal, (until, late) => post(notice, id, until, late)),
  };
}
