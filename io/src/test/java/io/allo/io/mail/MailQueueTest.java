package io.allo.io.mail;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.allo.core.random.RandomSource;
import io.allo.io.loop.SystemClock;
import io.allo.io.vault.Vault;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters go to a real mail server (GreenMail), and wait where there is none. */
class MailQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private GreenMail server;
    private MailQueue queue;
    private volatile SmtpSettings settings = SmtpSettings.DEFAULT;

    @AfterEach
    void close() {
        if (queue != null) queue.close();
        if (server != null) server.stop();
    }

    private GreenMail serve(boolean login) {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        if (login) {
            server.setUser("allo@example.com", "allo", "s3cret");
            server.getUserManager().setAuthRequired(true);
        }
        return server;
    }

    private SmtpSettings at(int port, SmtpSettings.Security security, String user, String password) {
        return new SmtpSettings("127.0.0.1", port, security, user, password, "");
    }

    private MailQueue open() {
        queue = new MailQueue(directory.resolve("mail"), () -> settings, new SystemClock(), 200);
        queue.start();
        return queue;
    }

    private Letter letter(String to, Optional<Path> attachment) {
        return new Letter(
                "Répondeur",
                "pbx@example.com",
                List.of(to),
                "Nouveau message de Zoë",
                "Bonjour Éric,\n\nun message.\n",
                "UTF-8",
                attachment,
                "msg0000.wav",
                "audio/wav");
    }

    @Test
    void aLetterArrivesWithItsWordsAndItsSound() throws IOException, MessagingException {
        settings = at(serve(false).getSmtp().getPort(), SmtpSettings.Security.OPTIONAL, "", "");
        byte[] sound = new byte[10_000];
        new java.util.Random(3).nextBytes(sound);
        Path wav = Files.write(directory.resolve("x.wav"), sound);
        open().post(letter("eric@example.com", Optional.of(wav)));
        assertTrue(server.waitForIncomingEmail(PATIENCE.toMillis(), 1));
        MimeMessage mail = server.getReceivedMessages()[0];
        assertEquals("Nouveau message de Zoë", mail.getSubject());
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted")[0]);
        assertTrue(mail.getFrom()[0].toString().contains("<pbx@example.com>"));
        var parts = (MimeMultipart) mail.getContent();
        assertEquals(
                "Bonjour Éric,\r\n\r\nun message.\r\n",
                parts.getBodyPart(0).getContent().toString().replaceAll("\\r?\\n", "\r\n"));
        assertEquals("msg0000.wav", parts.getBodyPart(1).getFileName());
        assertArrayEquals(sound, parts.getBodyPart(1).getInputStream().readAllBytes());
        await().atMost(PATIENCE).until(() -> queue.waiting().isEmpty());
    }

    @Test
    void aSealedLetterLiesUnreadableAndArrivesWithTheSoundOpened() throws IOException, MessagingException {
        settings = at(0, SmtpSettings.Security.NONE, "", "");
        byte[] sound = new byte[40_000];
        new java.util.Random(3).nextBytes(sound);
        Path plain = Files.write(directory.resolve("x.wav"), sound);
        Path sealed = directory.resolve("sealed.wav");
        Vault vault = Vault.of(directory.resolve("seal.keys"), RandomSource.secure());
        vault.copy(plain, sealed, true);
        queue = new MailQueue(directory.resolve("mail"), () -> settings, new SystemClock(), vault, () -> true);
        queue.post(letter("eric@example.com", Optional.of(sealed)));
        String lies = Files.readString(queue.waiting().getFirst(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(lies.startsWith("ALLOSEAL"));
        assertFalse(lies.contains("eric") || lies.contains("Subject"));
        settings = at(serve(false).getSmtp().getPort(), SmtpSettings.Security.NONE, "", "");
        queue.start();
        assertTrue(server.waitForIncomingEmail(PATIENCE.toMillis(), 1));
        var parts = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        assertArrayEquals(sound, parts.getBodyPart(1).getInputStream().readAllBytes());
        await().atMost(PATIENCE).until(() -> queue.waiting().isEmpty());
    }

    @Test
    void itLogsIn() throws IOException {
        settings = at(serve(true).getSmtp().getPort(), SmtpSettings.Security.NONE, "allo", "s3cret");
        open().post(letter("eric@example.com", Optional.empty()));
        assertTrue(server.waitForIncomingEmail(PATIENCE.toMillis(), 1));
    }

    @Test
    void aWrongPasswordMakesTheLetterWaitUntilItIsMended() throws IOException {
        settings = at(serve(true).getSmtp().getPort(), SmtpSettings.Security.NONE, "allo", "wrong");
        open().post(letter("eric@example.com", Optional.empty()));
        assertEquals(1, queue.waiting().size());
        settings = at(server.getSmtp().getPort(), SmtpSettings.Security.NONE, "allo", "s3cret");
        assertTrue(server.waitForIncomingEmail(PATIENCE.toMillis(), 1));
        await().atMost(PATIENCE).until(() -> queue.waiting().isEmpty());
    }

    @Test
    void withRequiredNothingIsSentInTheClear() throws IOException {
        settings = at(serve(false).getSmtp().getPort(), SmtpSettings.Security.REQUIRED, "", "");
        open().post(letter("eric@example.com", Optional.empty()));
        assertTrue(!server.waitForIncomingEmail(1_500, 1));
        assertEquals(1, queue.waiting().size());
    }

    @Test
    void aLetterOutlivesTheProgram() throws IOException {
        settings = at(1, SmtpSettings.Security.NONE, "", ""); // nobody listens there
        open().post(letter("eric@example.com", Optional.empty()));
        queue.close();
        settings = at(serve(false).getSmtp().getPort(), SmtpSettings.Security.NONE, "", "");
        open();
        assertTrue(server.waitForIncomingEmail(PATIENCE.toMillis(), 1));
    }

    @Test
    void anAddressThatIsNoneIsRefusedAtOnce() {
        open();
        assertThrows(IOException.class, () -> queue.post(letter("not an address", Optional.empty())));
        assertEquals(List.of(), queue.waiting());
    }
}
