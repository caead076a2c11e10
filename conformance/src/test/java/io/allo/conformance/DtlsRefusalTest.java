package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handshakes that are not to succeed, and calls without one where one is required. */
@Tag("phones")
class DtlsRefusalTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern PORT = Pattern.compile("m=audio (\\d+) UDP/TLS/RTP/SAVP");
    private static final String WRONG = "sha-256 " + "AB:".repeat(31) + "CD";

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start(String endpointLines) {
        lab.sippPeers(endpointLines).config().dialplan("""
                [phones]
                exten => answer,1,Answer()
                 same => n,Wait(30)
                """);
        lab.start();
    }

    /** openssl makes the handshake with a certificate of its own: its SDP named another. */
    @Test
    void aWrongFingerprintGetsNoSoundAndEndsTheCallWithAReason() throws IOException, InterruptedException {
        Tools.need(Tools.OPENSSL);
        start("");
        var sdp = SippMessages.SDP.replace("RTP/AVP", "UDP/TLS/RTP/SAVP").replace("[rtpstream_audio_port]", "24000")
                + "a=setup:active\na=fingerprint:" + WRONG + "\n";
        var invite = SippMessages.invite("answer", "").replace(SippMessages.SDP, sdp);
        SippRun run = lab.sippCalls(SippScenario.named("wrong-fingerprint")
                .send(invite)
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        run.awaitReceived("SIP/2.0 200");
        var answer = run.received("SIP/2.0 200").getFirst().text();
        var port = PORT.matcher(answer);
        assertTrue(port.find() && answer.contains("a=setup:passive"), answer);
        var atPhone = lab.capture("sipp");
        assertTrue(!handshake(port.group(1)).contains("BEGIN SSL SESSION PARAMETERS"), "no session was made");
        run.awaitSuccess(SOON);
        lab.allo().awaitLog("media-not-secured: the phone proved itself with another certificate", SOON);
        assertEquals(0, atPhone.stop().stream().filter(p -> p.isRtp()).count(), "no sound, encrypted or plain");
    }

    private String handshake(String port) throws IOException, InterruptedException {
        var pem = lab.host("sipp").directory().resolve("peer.pem");
        command(List.of(
                Tools.OPENSSL.command(),
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=peer",
                "-keyout",
                pem.toString(),
                "-out",
                pem + ".crt"));
        return command(lab.host("sipp")
                .command(List.of(
                        Tools.OPENSSL.command(),
                        "s_client",
                        "-dtls1_2",
                        "-connect",
                        lab.host("allo").address() + ":" + port,
                        "-cert",
                        pem + ".crt",
                        "-key",
                        pem.toString(),
                        "-use_srtp",
                        "SRTP_AES128_CM_SHA1_80")));
    }

    private static String command(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    @Test
    void aPlainCallIsRefusedWhereAHandshakeIsRequired() {
        start("media_encryption=dtls\n");
        SippRun run = lab.sippCalls(SippScenario.named("plain")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(488)
                .send(SippMessages.ackOfRefusal("answer", "invite")));
        run.awaitSuccess(SOON);
        var refusal = run.received("SIP/2.0 488").getFirst();
        assertTrue(refusal.header("Warning").contains("switch DTLS-SRTP on in the phone"), refusal.text());
        lab.allo().awaitLog("media-refused: .*switch DTLS-SRTP on in the phone", SOON);
    }
}
