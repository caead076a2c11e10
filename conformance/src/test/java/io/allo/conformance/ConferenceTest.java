package io.allo.conformance;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Conferences with real phones: who may come in, who waits, what is said to whom, what keys do. Who hears whom is ConferenceSoundTest's. */
@Tag("phones")
@Isolated("it measures sound")
class ConferenceTest {

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start(String dialplan, String confbridge) {
        lab.aliceAndBob().config().user("carol", AlloLab.PASSWORD, "").dialplan(dialplan);
        try {
            Files.writeString(lab.config().write().resolve("confbridge.conf"), confbridge);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lab.start();
    }

    private static final String QUIET = """
            [general]
            [default_user]
            type=user
            quiet=yes
            """;

    @Test
    void twoInAConferenceHearEachOther() {
        start("""
                [phones]
                exten => 800,1,ConfBridge(800)
                """, QUIET);
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        alice.dial("800");
        alice.awaitEstablished();
        bob.dial("800");
        bob.awaitEstablished();
        lab.allo().awaitLog("joined the conference 800 \\(2 in it\\)", Phone.PATIENCE);
        AlloLab.talk(alice, bob, Duration.ofSeconds(4));
        bob.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        lab.allo().awaitLog("left the conference 800 \\(1 in it\\)", Phone.PATIENCE);
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        lab.allo().awaitLog("ended the conference 800", Phone.PATIENCE);
        AlloLab.assertHears(bob, alice, Duration.ofSeconds(3));
    }
}
