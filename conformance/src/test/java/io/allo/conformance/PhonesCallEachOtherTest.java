package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.phone.BaresipPhone;
import io.allo.conformance.phone.LinphonePhone;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import io.allo.conformance.sound.ToneReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laboratory proves itself: the phones call each other without allo between them. */
@Tag("phones")
class PhonesCallEachOtherTest {
    private NetworkLab lab;

    @BeforeEach
    void openLab(@TempDir Path directory) {
        lab = NetworkLab.open(directory);
    }

    @AfterEach
    void closeLab() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA", "G722", "GSM"})
    void baresipAndLinphoneHearEachOther(String codec) {
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        var bob = BaresipPhone.start(lab, right, account("bob", right, codec, 620));
        var carol = LinphonePhone.start(lab, left, account("carol", left, codec, 440));
        PacketCapture capture = PacketCapture.start(lab, right);
        carol.dial("sip:bob@" + right.address() + ":" + bob.sipPort());
        bob.awaitIncoming();
        carol.awaitRinging();
        bob.answer();
        talk(carol, bob);
        carol.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        carol.awaitEnded(Phone.PATIENCE);
        assertHears(bob, 440);
        assertHears(carol, 620);
        RtpStream sent = RtpStream.from(right.address(), capture.stop()).getFirst();
        assertEquals(0, sent.lost());
        assertTrue(sent.longestGapMs() < 60, "gap of " + sent.longestGapMs() + " ms");
    }

    private static void talk(Phone one, Phone other) {
        one.awaitEstablished();
        other.awaitEstablished();
        one.awaitHeard(Duration.ofSeconds(5));
        other.awaitHeard(Duration.ofSeconds(5));
    }

    private static void assertHears(Phone phone, int toneHz) {
        ToneReport report = phone.heard(toneHz);
        System.out.println(phone.account().user() + " " + report);
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= 4000, report.toString());
        assertTrue(report.markerIntervalsMs().stream().allMatch(ms -> Math.abs(ms - 1000) <= 20), report.toString());
    }

    private static PhoneAccount account(String user, LabHost host, String codec, int toneHz) {
        return PhoneAccount.of(user, "none", host, 5060)
                .withCodecs(codec)
                .withTone(toneHz)
                .unregistered();
    }
}
