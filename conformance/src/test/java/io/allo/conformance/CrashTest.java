package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Power cuts: allo's between registration and call, a phone's in a call. */
@Tag("phones")
class CrashTest {
    private static final Pattern REGISTERING = Pattern.compile("^REGISTER sip:");

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterARestartAPhoneCanBeCalledBeforeItRegistersAgain(Kind kind) {
        lab.aliceAndBob().start();
        Phone bob = lab.bob(kind);
        Phone alice = lab.alice(Kind.BARESIP);
        int mark = bob.process().mark();
        lab.allo().restart();
        AlloLab.connect(alice, bob);
        assertFalse(bob.process().hasLine(REGISTERING, mark), "bob registered again before the call");
        AlloLab.talk(alice, bob, Duration.ofSeconds(2));
        AlloLab.end(alice, bob);
    }

    @Test
    void afterACrashAPhoneCanBeCalledBeforeItRegistersAgain() {
        lab.aliceAndBob().start();
        Phone bob = lab.bob(Kind.LINPHONE);
        Phone alice = lab.alice(Kind.BARESIP);
        int mark = bob.process().mark();
        lab.allo().crashAndRestart();
        AlloLab.connect(alice, bob);
        assertFalse(bob.process().hasLine(REGISTERING, mark), "bob registered again before the call");
        AlloLab.end(alice, bob);
    }

    @Test
    void stoppingEndsCallsWithinTheLimitAndTellsThePhones() {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.LINPHONE);
        AlloLab.connect(alice, bob);
        alice.listen();
        bob.listen();
        int status = lab.allo().stop();
        alice.awaitEnded(Phone.PATIENCE);
        bob.awaitEnded(Phone.PATIENCE);
        assertEquals(true, status == 0 || status == 143, "exit status " + status);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPhoneKilledInACallIsHungUpByTheMediaTimeout(Kind killed) {
        lab.config()
                .user("alice", AlloLab.PASSWORD, "rtp_timeout=4\n")
                .user("bob", AlloLab.PASSWORD, "rtp_timeout=4\n");
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(killed);
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(1));
        alice.listen();
        bob.kill();
        alice.awaitEnded(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutCableEndsTheCallForTheOtherSide(boolean callersCable) {
        lab.config()
                .user("alice", AlloLab.PASSWORD, "rtp_timeout=4\n")
                .user("bob", AlloLab.PASSWORD, "rtp_timeout=4\n");
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.LINPHONE);
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(1));
        Phone gone = callersCable ? alice : bob;
        Phone left = callersCable ? bob : alice;
        left.listen();
        lab.network().cable(gone.host(), false);
        left.awaitEnded(Duration.ofSeconds(10));
    }
}
