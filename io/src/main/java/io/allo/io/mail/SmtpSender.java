package io.allo.io.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Gives one message to the mail server. No state; waits for the network. */
final class SmtpSender {

    private static final String TIMEOUT_MS = "30000";

    private SmtpSender() {}

    /** Sends the bytes of a message to these receivers. */
    static void send(SmtpSettings settings, InputStream message, List<String> to)
            throws MessagingException, IOException, GeneralSecurityException {
        var session = Session.getInstance(properties(settings));
        var mime = new MimeMessage(session, message);
        var receivers = new Address[to.size()];
        for (var i = 0; i < receivers.length; i++) {
            receivers[i] = new InternetAddress(to.get(i));
        }
        var secure = settings.security() == SmtpSettings.Security.IMPLICIT;
        try (var transport = session.getTransport(secure ? "smtps" : "smtp")) {
            var login = !settings.user().isEmpty();
            transport.connect(
                    settings.host(),
                    settings.port(),
                    login ? settings.user() : null,
                    login ? settings.password() : null);
            transport.sendMessage(mime, receivers);
        }
    }

    private static Properties properties(SmtpSettings settings) throws IOException, GeneralSecurityException {
        var properties = new Properties();
        var prefix = settings.security() == SmtpSettings.Security.IMPLICIT ? "mail.smtps." : "mail.smtp.";
        properties.setProperty(prefix + "connectiontimeout", TIMEOUT_MS);
        properties.setProperty(prefix + "timeout", TIMEOUT_MS);
        properties.setProperty(prefix + "writetimeout", TIMEOUT_MS);
        properties.setProperty(prefix + "auth", String.valueOf(!settings.user().isEmpty()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        switch (settings.security()) {
            case OPTIONAL -> properties.setProperty(prefix + "starttls.enable", "true");
            case REQUIRED -> {
                properties.setProperty(prefix + "starttls.enable", "true");
                properties.setProperty(prefix + "starttls.required", "true");
            }
            case IMPLICIT, NONE -> {}
        }
        if (!settings.caFile().isEmpty()) {
            properties.put(prefix + "ssl.socketFactory", trusting(Path.of(settings.caFile())));
        }
        return properties;
    }

    private static SSLSocketFactory trusting(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(file)) {
            var number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
