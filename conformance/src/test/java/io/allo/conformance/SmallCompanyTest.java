package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.lab.AlloProcess;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.BaresipPhone;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount;
import io.allo.conformance.phone.PhoneAccount.Encryption;
import io.allo.conformance.sound.WavSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a new user meets: allo without any argument, phones set up from its list of passwords. */
@Tag("phones")
class SmallCompanyTest {
    private static final int TLS_PORT = 5061;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private NetworkLab lab;
    private AlloProcess allo;

    @BeforeEach
    void start() {
        Tools.need(Tools.ESPEAK);
        lab = NetworkLab.open(directory);
        allo = AlloProcess.startSmallCompany(lab, lab.host("allo"));
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void theMenuSpeaksAndLeadsToTheMeetingRoom() throws IOException {
        Phone alice = phone("101", 440);
        Phone bruno = phone("102", 620);
        alice.dial("200");
        alice.awaitEstablished();
        alice.awaitHeard(Duration.ofSeconds(5));
        assertSpeech(alice.sound());
        alice.sendDigits("3");
        allo.awaitLog(" joined the conference office \\(1 in it\\)", Phone.PATIENCE);
        bruno.dial("800");
        bruno.awaitEstablished();
        bruno.awaitHeard(Duration.ofSeconds(6));
        alice.hangup();
        bruno.hangup();
        bruno.awaitEnded(Phone.PATIENCE);
        var heard = bruno.heard(440);
        assertTrue(heard.heardMs() >= 1_000, heard.toString());
        allo.assertNoSurprise();
    }

    /** A voice, a moment after the call began: at least two seconds of it are not silence. */
    private static void assertSpeech(WavSound sound) {
        int frame = sound.rateHz() / 50;
        short[] samples = sound.samples();
        long loud = IntStream.range(0, samples.length / frame)
                .filter(i -> IntStream.range(i * frame, (i + 1) * frame)
                                .mapToLong(at -> (long) samples[at] * samples[at])
                                .sum()
                        > 300L * 300 * frame)
                .count();
        assertTrue(loud * 20 >= 2_000, loud * 20 + " ms of " + sound.durationMs() + " ms are not silence");
    }

    private Phone phone(String user, int toneHz) throws IOException {
        LabHost server = lab.host("allo");
        String password = Files.readAllLines(allo.state().resolve("config/passwords.txt")).stream()
                .filter(line -> line.startsWith(user + " "))
                .findFirst()
                .orElseThrow()
                .substring(user.length() + 1);
        Phone phone = BaresipPhone.start(
                lab,
                lab.host("p" + user),
                PhoneAccount.of(user, password, server, TLS_PORT)
                        .withTransport("tls", TLS_PORT)
                        .withEncryption(Encryption.REQUIRED)
                        .withTone(toneHz));
        phone.awaitRegistered();
        return phone;
    }
}
