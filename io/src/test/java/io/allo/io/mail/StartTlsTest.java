package io.allo.io.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.loop.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS and AUTH against a small server that speaks as RFC 3207 and RFC 4954 have it (GreenMail has no STARTTLS). */
class StartTlsTest {
    @TempDir
    Path directory;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void theSessionIsEncryptedBeforeThePasswordAndTheLetter() throws Exception {
        Path keys = directory.resolve("keys.p12");
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit");
        Path ca = directory.resolve("ca.pem");
        run(
                "keytool",
                "-exportcert",
                "-rfc",
                "-alias",
                "mail",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit",
                "-file",
                ca.toString());
        try (var listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> serve(listening, context(keys)));
            var settings = new SmtpSettings(
                    "127.0.0.1",
                    listening.getLocalPort(),
                    SmtpSettings.Security.REQUIRED,
                    "allo",
                    "s3cret",
                    ca.toString());
            try (var queue = new MailQueue(directory.resolve("mail"), () -> settings, new SystemClock())) {
                queue.start();
                queue.post(new Letter(
                        "",
                        "pbx@example.com",
                        List.of("eric@example.com"),
                        "hello",
                        "a message\n",
                        "UTF-8",
                        Optional.empty(),
                        "",
                        ""));
                assertEquals("STARTTLS", heard.poll(20, TimeUnit.SECONDS));
                assertEquals("encrypted", heard.poll(20, TimeUnit.SECONDS));
                assertEquals("login allo\0allo\0s3cret", heard.poll(20, TimeUnit.SECONDS));
                assertTrue(String.valueOf(heard.poll(20, TimeUnit.SECONDS)).contains("Subject: hello"));
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var keytool =
                Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        command[0] = keytool;
        assertEquals(
                0, new ProcessBuilder(command).redirectErrorStream(true).start().waitFor());
    }

    private static SSLContext context(Path keys) {
        try (var in = Files.newInputStream(keys)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, "changeit".toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, "changeit".toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void serve(ServerSocket listening, SSLContext context) {
        try (Socket plain = listening.accept()) {
            say(plain.getOutputStream(), "220 test");
            if (talk(plain, "250-test\r\n250 STARTTLS")) {
                var secure = (SSLSocket) context.getSocketFactory()
                        .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
                secure.setUseClientMode(false);
                secure.startHandshake();
                heard.add("encrypted");
                talk(secure, "250-test\r\n250 AUTH PLAIN");
            }
        } catch (IOException e) {
            heard.add(e.toString());
        }
    }

    /** True when the client asks for TLS. */
    private boolean talk(Socket socket, String abilities) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("EHLO")) {
                say(out, abilities);
            } else if (line.equals("STARTTLS")) {
                heard.add("STARTTLS");
                say(out, "220 go on");
                return true;
            } else if (line.startsWith("AUTH PLAIN ")) {
                heard.add(
                        "login " + new String(Base64.getDecoder().decode(line.substring(11)), StandardCharsets.UTF_8));
                say(out, "235 welcome");
            } else if (line.equals("DATA")) {
                say(out, "354 go on");
                var mail = new StringBuilder();
                for (String part = in.readLine(); part != null && !part.equals("."); part = in.readLine()) {
                    mail.append(part).append('\n');
                }
                heard.add(mail.toString());
                say(out, "250 taken");
            } else {
                say(out, line.equals("QUIT") ? "221 bye" : "250 fine");
            }
        }
        return false;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
