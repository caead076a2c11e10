package io.allo.pbx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.sip.auth.DigestPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** permit, deny, acl and their sisters for contacts, in pjsip.conf and acl.conf, by Asterisk's rules. */
class AccessListTest {

    private final List<ConfProblem> problems = new ArrayList<>();

    private EndpointDirectory read(String pjsip, String acl) {
        var parser = new ConfParser(ConfSource.of(Map.of("pjsip.conf", pjsip, "acl.conf", acl)));
        var named = NamedAcls.read(parser.parse("acl.conf"), problems::add);
        var conf = PjsipConf.read(parser.parse("pjsip.conf"), named, problem -> {
            if (problem.isError() || problem.code().startsWith("option")) {
                problems.add(problem);
            }
        });
        return new EndpointDirectory(conf);
    }

    private static String endpoint(String lines) {
        return "[t]\ntype=transport\nbind=0.0.0.0\n[a]\ntype=auth\nusername=a\npassword=x\n[a]\ntype=endpoint\nauth=a\n"
                + "allow=ulaw\n" + lines;
    }

    @ParameterizedTest
    @CsvSource({
        "'', 203.0.113.1, true",
        "'deny=0.0.0.0/0.0.0.0|permit=192.168.0.0/255.255.0.0', 192.168.7.7, true",
        "'deny=0.0.0.0/0.0.0.0|permit=192.168.0.0/255.255.0.0', 192.169.0.1, false",
        "'permit=192.168.0.0/16|deny=0.0.0.0/0', 192.168.7.7, false",
        "'deny=0.0.0.0/0|permit=10.0.0.0/8,!10.1.0.0/16', 10.2.0.1, true",
        "'deny=0.0.0.0/0|permit=10.0.0.0/8,!10.1.0.0/16', 10.1.0.1, false",
        "'deny=10.0.0.1', 10.0.0.1, false",
        "'deny=10.0.0.1', 10.0.0.2, true",
        "'deny=10.0.0.0/8', ::ffff:10.2.3.4, false",
        "'deny=::ffff:10.0.0.0/104', 10.2.3.4, false",
        "'deny=::/0|permit=2001:db8::/32', 2001:db8::5, true",
        "'deny=::/0|permit=2001:db8::/32', 2001:db9::5, false",
        "'deny=::/0', 10.2.3.4, true"
    })
    void theLastLineThatFitsCounts(String lines, String host, boolean admitted) {
        var directory = read(endpoint(lines.replace('|', '\n')), "");
        assertEquals(admitted, directory.admits("a", host));
        assertTrue(directory.admits(host), "an endpoint's list is its own");
        var global = read(endpoint("[list]\ntype=acl\n" + lines.replace('|', '\n')), "");
        assertEquals(admitted, global.admits(host));
        assertEquals(List.of(), problems);
    }

    @Test
    void contactsHaveTheirOwnLists() {
        var directory = read(
                endpoint(
                        "contact_deny=0.0.0.0/0\ncontact_permit=10.0.0.0/8\n[list]\ntype=acl\ncontact_deny=10.9.0.0/16\n"),
                "");
        assertTrue(directory.admitsContact("a", "10.1.1.1"));
        assertFalse(directory.admitsContact("a", "10.9.1.1"));
        assertFalse(directory.admitsContact("a", "192.0.2.1"));
        assertFalse(directory.admitsContact("a", "phone.example.com"));
        assertTrue(directory.admits("a", "192.0.2.1"));
    }

    @Test
    void listsOfAclConfAreNamedAndAllHaveToAdmit() {
        var directory = read(
                endpoint("acl=office,notguests\ncontact_acl=office\n"),
                "[office]\ndeny=0.0.0.0/0\npermit=10.0.0.0/8\n[notguests]\ndeny=10.66.0.0/16\n");
        assertTrue(directory.admits("a", "10.1.1.1"));
        assertFalse(directory.admits("a", "10.66.1.1"));
        assertFalse(directory.admits("a", "192.0.2.1"));
        assertTrue(directory.admitsContact("a", "10.66.1.1"));
        assertEquals(List.of(), problems);
    }

    @Test
    void aListThatIsNotThereIsAnErrorAndAdmitsNobody() {
        var directory = read(endpoint("acl=offce\n"), "[office]\npermit=10.0.0.0/8\n");
        assertFalse(directory.admits("a", "10.1.1.1"));
        assertEquals("reference", problems.getFirst().code());
    }

    @Test
    void strangersAreAskedAsTheEndpointsAreWhateverTheirName() {
        var pjsip = new StringBuilder("[t]\ntype=transport\nbind=0.0.0.0\n");
        for (var i = 0; i < 10; i++) {
            pjsip.append(
                    "[%d]\ntype=auth\nusername=%d\npassword=x%d\nrealm=%s\n[%d]\ntype=endpoint\nauth=%d\nallow=ulaw\n"
                            .formatted(i, i, i, i < 3 ? "branch" : "office", i, i));
        }
        var directory = read(pjsip.toString(), "");
        Set<String> realms = new HashSet<>();
        for (var i = 100; i < 200; i++) {
            DigestPolicy policy = directory.standIn("" + i).digest();
            assertEquals(policy, directory.standIn("" + i).digest());
            realms.add(policy.realm());
        }
        assertEquals(Set.of("branch", "office"), realms);
        assertNull(new EndpointDirectory(PjsipConf.EMPTY).standIn("x"));
        assertNotEquals(0, realms.size());
    }

    @Test
    void addressesOfIdentifyAreTrustedButNotTheWholeWorld() {
        var directory = read(
                endpoint(
                        "[i]\ntype=identify\nendpoint=a\nmatch=192.0.2.0/24\n[j]\ntype=identify\nendpoint=a\nmatch=0.0.0.0/0\n"),
                "");
        assertTrue(directory.trusts(new byte[] {(byte) 192, 0, 2, 9}));
        assertFalse(directory.trusts(new byte[] {(byte) 192, 0, 3, 9}));
    }
}
