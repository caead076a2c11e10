package io.allo.io.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A mail to be sent. Immutable.
 *
 * @param fromName shown as the sender
 * @param fromAddress the sender's address
 * @param to the receivers' addresses
 * @param text plain text
 * @param charset of subject and text
 * @param attachment a file to go with it, read when the letter is posted
 * @param attachmentName the name under which it goes
 * @param attachmentType its media type, e.g. audio/wav
 */
public record Letter(
        String fromName,
        String fromAddress,
        List<String> to,
        String subject,
        String text,
        String charset,
        Optional<Path> attachment,
        String attachmentName,
        String attachmentType) {
    public Letter {
        to = List.copyOf(to);
    }
}
