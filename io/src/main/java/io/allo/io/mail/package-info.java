/**
 * Mail out of the system: letters are kept on the disk until a mail server has taken them (SMTP, RFC 5321; STARTTLS, RFC 3207; AUTH, RFC 4954).
 * Any thread posts; a thread of its own sends.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.mail;
