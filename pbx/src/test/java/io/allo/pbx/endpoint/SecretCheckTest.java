package io.allo.pbx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCheckTest {
    private static final String GOOD = "m7kq2xvt9hd4ncrw8pz3";

    private static final String HEAD = "[udp]\ntype=transport\n";

    private static List<ConfProblem> problems(String text) {
        var problems = new ArrayList<ConfProblem>();
        read(text, problems);
        return problems;
    }

    private static PjsipConf read(String text, List<ConfProblem> problems) {
        var files = ConfSource.of(Map.of("pjsip.conf", HEAD + text));
        return PjsipConf.read(new ConfParser(files).parse("pjsip.conf"), problems::add);
    }

    private static String user(String name, String password) {
        return "[" + name + "]\ntype=endpoint\nauth=" + name + "\nallow=alaw\n[" + name + "]\ntype=auth\nusername="
                + name + "\npassword=" + password + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6001",
                "6001-6001",
                "pass6001",
                "6001secret",
                "1006",
                "unsecurepassword",
                "UnsecurePassword123",
                "P4ssw0rd",
                "changeme!",
                "1234567890",
                "000000000000000",
                "asterisk2024",
                "supersecret",
                "short1Ab",
                "x7k2m9q",
                "abcdefghijklmnop",
                "aaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabc",
                "123456789012345"
            })
    void whatWouldBeGuessedIsReported(String password) {
        var found = problems(user("6001", password));
        assertEquals(1, found.size(), password + ": " + found);
        assertEquals("password-weak", found.getFirst().code());
        assertEquals(10, found.getFirst().line());
        assertFalse(
                found.getFirst().inWords("en").contains(password) && !password.equals("6001"), "it is not to be shown");
        assertTrue(found.getFirst().inWords("en").contains("allo secret"), found.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                "s3cret-Tr0mbone",
                "Jn4wQ-8tZkM2",
                "f3d1c0a97b5e42688d10",
                "vFz8!kqP2#mW",
                "correct-mule-battery-lamp"
            })
    void whatWouldNotIsNot(String password) {
        assertEquals(List.of(), problems(user("6001", password)));
    }

    @Test
    void onePasswordForTwoIsReportedAtTheSecond() {
        var found = problems(user("6001", GOOD) + user("6002", GOOD));
        assertEquals(
                List.of("password-shared"),
                found.stream().map(ConfProblem::code).toList());
        assertEquals(18, found.getFirst().line());
        assertFalse(found.getFirst().inWords("en").contains(GOOD));
    }

    @Test
    void theNameThatACallerIsShownCountsToo() {
        var text = user("6001", "trombone1975").replace("allow=alaw", "allow=alaw\ncallerid=Trombone <1975>");
        assertEquals("password-weak", problems(text).getFirst().code());
    }

    /** A provider chooses the password by which we prove ourselves to him. */
    @Test
    void passwordsOfProvidersAreLeftAlone() {
        assertEquals(
                List.of(),
                problems("[trunk]\ntype=auth\nusername=49301234\npassword=1234\n"
                        + "[trunk]\ntype=endpoint\nallow=alaw\nidentify_by=ip\noutbound_auth=trunk\n"));
    }

    @Test
    void afterReadingOnlyTheHashesOfPasswordsAreKept() {
        var conf = read("[global]\ntype=global\ndefault_realm=office\n" + user("6001", GOOD), new ArrayList<>());
        var secret = assertInstanceOf(
                DigestSecret.Prepared.class, conf.auths().get("6001").secret());
        assertFalse(secret.toString().contains(GOOD));
        for (var algorithm : DigestAlgorithm.values()) {
            assertEquals(algorithm.hash("6001:office:" + GOOD), secret.ha1(algorithm, "6001", "office"));
        }
        assertNull(secret.ha1(DigestAlgorithm.MD5, "6001", "elsewhere"));
        assertNull(secret.ha1(DigestAlgorithm.MD5, "6002", "office"));
    }

    @Test
    void anEndpointWithSectionsOfTwoRealmsIsAskedForEither() {
        var conf = read(
                user("6001", GOOD).replace("auth=6001", "auth=6001,other")
                        + "[other]\ntype=auth\nusername=o\nrealm=second\npassword=n4vk8wq2zt7x\n",
                new ArrayList<>());
        var secret = conf.auths().get("6001").secret();
        assertNotNull(secret.ha1(DigestAlgorithm.MD5, "6001", "second"));
        assertNotNull(secret.ha1(DigestAlgorithm.MD5, "6001", conf.global().realm()));
    }

    @Test
    void bitsGrowWithWhatIsToBeGuessed() {
        assertTrue(PasswordStrength.bits("aaaaaaaaaaaa") < PasswordStrength.bits("aqmzkwpxjvnd"));
        assertTrue(PasswordStrength.bits("aqmzkwpxjvnd") < PasswordStrength.bits("aQ7zkwPxj3nd"));
        assertNull(PasswordStrength.weakness(GOOD, Set.of()));
    }
}
