package io.allo.io.mail;

import io.allo.io.vault.Vault;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Date;
import java.util.Properties;

/** A letter as the bytes of a message (RFC 5322, MIME). No state. */
final class LetterWriter {

    private LetterWriter() {}

    static void write(Letter letter, Vault vault, long epochMillis, OutputStream out)
            throws MessagingException, IOException {
        var message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(sender(letter));
        for (var to : letter.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(letter.subject().replaceAll("[\\r\\n]+", " "), letter.charset());
        message.setSentDate(new Date(epochMillis));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers it
        if (letter.attachment().isEmpty()) {
            message.setText(letter.text(), letter.charset());
        } else {
            var text = new MimeBodyPart();
            text.setText(letter.text(), letter.charset());
            var file = new MimeBodyPart();
            file.setDataHandler(
                    new DataHandler(source(letter, letter.attachment().get(), vault)));
            file.setFileName(MimeUtility.encodeText(letter.attachmentName(), letter.charset(), null));
            file.setHeader("Content-Type", letter.attachmentType() + "; name=\"" + letter.attachmentName() + "\"");
            file.setHeader("Content-Transfer-Encoding", "base64");
            message.setContent(new MimeMultipart(text, file));
        }
        message.saveChanges();
        message.writeTo(out);
    }

    /** The file as whoever receives it needs it: a sealed one is opened. */
    private static DataSource source(Letter letter, Path file, Vault vault) throws IOException {
        try (var opened = Channels.newInputStream(vault.read(file))) {
            return new ByteArrayDataSource(opened, letter.attachmentType());
        }
    }

    private static InternetAddress sender(Letter letter) throws UnsupportedEncodingException {
        return letter.fromName().isBlank()
                ? new InternetAddress(letter.fromAddress(), null)
                : new InternetAddress(letter.fromAddress(), letter.fromName(), letter.charset());
    }
}
