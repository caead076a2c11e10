package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real phones register (RFC 3261 10, RFC 8760) over every transport, are refused, and are remembered. */
@Tag("phones")
class RegistrationTest {
    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({"BARESIP,udp", "BARESIP,tcp", "BARESIP,tls", "LINPHONE,udp", "LINPHONE,tcp", "LINPHONE,tls"})
    void aPhoneRegistersAndCanBeCalled(Kind kind, String transport) {
        lab.aliceAndBob().start();
        Phone bob = lab.phone(kind, "bob", account -> account.withTransport(transport, 0));
        Phone alice = lab.alice(Kind.BARESIP);
        AlloLab.connect(alice, bob);
        AlloLab.end(alice, bob);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWrongPasswordIsRefusedAndThePhoneSaysSo(Kind kind) {
        lab.aliceAndBob().start();
        Phone bob = lab.unregisteredPhone(kind, "bob", account -> account.withPassword("wrong"));
        bob.awaitRegistrationRefused();
        assertFalse(bob.process().hasLine(Pattern.compile("^SIP/2.0 200 "), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void sippRegistersWithDigest(String transport) {
        lab.aliceAndBob().start();
        SippRun run = lab.sippCalls(transport, register("alice", AlloLab.PASSWORD, 200));
        run.awaitSuccess(Duration.ofSeconds(10));
        SippRun.Message ok = run.received("SIP/2.0 200").getFirst();
        assertTrue(ok.header("Contact").contains("expires="), ok.text());
    }

    @Test
    void anUnknownUserIsAnsweredExactlyLikeAWrongPassword() {
        lab.aliceAndBob().start();
        SippRun known = lab.sippCalls(register("alice", "wrong", 401));
        known.awaitSuccess(Duration.ofSeconds(10));
        SippRun unknown = lab.sippCalls(register("nobody", "wrong", 401));
        unknown.awaitSuccess(Duration.ofSeconds(10));
        assertEquals(shape(known), shape(unknown));
    }

    @Test
    void aTooShortExpiryIsRefusedWith423AndMinExpires() {
        lab.aliceAndBob().start();
        SippRun run = lab.sippCalls(register("alice", AlloLab.PASSWORD, 423, "Expires: 5"));
        run.awaitSuccess(Duration.ofSeconds(10));
        assertEquals("30", run.received("SIP/2.0 423").getFirst().header("Min-Expires"));
    }

    /** The statuses and the names of the headers: what an attacker could tell users apart by. */
    private static String shape(SippRun run) {
        var shape = new StringBuilder();
        for (SippRun.Message message : run.messages()) {
            if (!message.sent()) {
                message.text()
                        .lines()
                        .takeWhile(line -> !line.isEmpty())
                        .forEach(line -> shape.append(line.startsWith("SIP/2.0") ? line : line.replaceAll(":.*", ""))
                                .append('\n'));
            }
        }
        return shape.toString();
    }

    private static SippScenario register(String user, String password, int status) {
        return register(user, password, status, "Expires: 600");
    }

    private static SippScenario register(String user, String password, int status, String expires) {
        String authentication = "[authentication username=" + user + " password=" + password + "]";
        String first = SippMessages.callerRequest("REGISTER", user, 1, "r1", "", expires, "");
        String second = SippMessages.callerRequest("REGISTER", user, 2, "r2", "", expires + "\n" + authentication, "");
        return SippScenario.named("register-" + user)
                .send(ofUser(first, user))
                .receive(401, "auth", "true")
                .send(ofUser(second, user))
                .receive(status);
    }

    /** A registration is about its To; From is the same user (RFC 3261 10.2). */
    private static String ofUser(String request, String user) {
        return request.replace("REGISTER sip:" + user + "@", "REGISTER sip:")
                .replace("From: <sip:sipp@[local_ip]:[local_port]>", "From: <sip:" + user + "@[remote_ip]>");
    }
}
