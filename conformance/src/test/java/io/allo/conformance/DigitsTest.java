package io.allo.conformance;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digits of real phones reach Read(), by RFC 4733 events and by SIP INFO, and pass from phone to phone. */
@Tag("phones")
class DigitsTest {
    private static final String READ = """
            [phones]
            exten => 602,1,Answer()
             same => n,Read(CODE,,6,,1,15)
             same => n,GotoIf($["${CODE}" = "1590*3"]?right)
             same => n,Hangup(21)
             same => n(right),Dial(PJSIP/bob,20)
            exten => bob,1,Dial(PJSIP/bob,20)
            """;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({"BARESIP,false", "LINPHONE,false", "LINPHONE,true"})
    void digitsReachRead(Kind kind, boolean byInfo) {
        lab.config()
                .user("alice", AlloLab.PASSWORD, "dtmf_mode=" + (byInfo ? "info" : "rfc4733") + "\n")
                .user("bob", AlloLab.PASSWORD, "")
                .dialplan(READ);
        lab.start();
        Phone bob = lab.bob(Kind.BARESIP);
        Phone alice = lab.phone(kind, "alice", account -> byInfo ? account.withDigitsByInfo() : account);
        alice.dial("602");
        alice.awaitEstablished();
        alice.sendDigits("1590*3");
        bob.awaitIncoming();
        bob.answer();
        bob.awaitEstablished();
        AlloLab.end(bob, alice);
    }

    @ParameterizedTest
    @CsvSource({"LINPHONE,PCMU,PCMU", "LINPHONE,PCMU,PCMA", "BARESIP,PCMU,PCMU", "BARESIP,PCMA,G722"})
    void digitsPassThroughACall(Kind sender, String oneCodec, String otherCodec) {
        lab.aliceAndBob().start();
        Phone bob = lab.phone(Kind.BARESIP, "bob", account -> account.withCodecs(otherCodec));
        Phone alice = lab.phone(sender, "alice", account -> account.withCodecs(oneCodec));
        AlloLab.connect(alice, bob);
        for (char digit : "7#42".toCharArray()) {
            bob.listen();
            alice.sendDigits(String.valueOf(digit));
            bob.awaitDigit(digit);
        }
        AlloLab.end(alice, bob);
    }

    @Test
    void digitsByInfoBecomeEventsForTheOtherSide() {
        lab.config()
                .user("alice", AlloLab.PASSWORD, "dtmf_mode=info\n")
                .user("bob", AlloLab.PASSWORD, "dtmf_mode=rfc4733\n");
        lab.start();
        Phone bob = lab.bob(Kind.BARESIP);
        Phone alice = lab.phone(Kind.LINPHONE, "alice", account -> account.withDigitsByInfo());
        AlloLab.connect(alice, bob);
        bob.listen();
        alice.sendDigits("5");
        bob.awaitDigit('5');
        AlloLab.end(alice, bob);
    }
}
