package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.lab.AlloProcess;
import io.allo.conformance.lab.AsteriskConfig;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.lab.Router;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.lab.WireGuard;
import io.allo.conformance.phone.BaresipPhone;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * allo in an office behind NAT, with port forwarding and external_* addresses; phones on its LAN (one of them knows allo by a second
 * address), at a home behind another NAT, on the internet itself, and in a branch office behind a WireGuard tunnel that is brought up
 * after allo: all at once, everyone calls everyone.
 */
@Tag("phones")
@ExtendWith(VpnAndNatTest.Logs.class)
class VpnAndNatTest {
    private static final Duration TALK = Duration.ofSeconds(3);
    private static final Duration HEARD = Duration.ofSeconds(2);
    private static final String SECOND_ADDRESS = "192.168.50.200";
    private static final String IN_TUNNEL = "10.8.0.1";
    private static final String NAT = "rewrite_contact=yes\nrtp_symmetric=yes\nforce_rport=yes\n";

    private NetworkLab lab;
    private Router office;
    private LabHost server;
    private AsteriskConfig config;
    private AlloProcess allo;
    private final List<Phone> phones = new ArrayList<>();

    @BeforeEach
    void build(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) {
        Tools.need(Tools.NFT, Tools.CONNTRACK);
        lab = NetworkLab.open(directory);
        office = lab.router("office", "192.168.50").masquerade();
        server = office.behind("allo");
        lab.address(server, SECOND_ADDRESS + "/24");
        config = AsteriskConfig.of(server)
                .user("lan", AlloLab.PASSWORD, "")
                .user("second", AlloLab.PASSWORD, "")
                .user("home", AlloLab.PASSWORD, NAT)
                .user("inet", AlloLab.PASSWORD, "")
                .user("branch", AlloLab.PASSWORD, "")
                .everywhere(
                        "external_media_address=" + office.host().address(),
                        "external_signaling_address=" + office.host().address(),
                        "local_net=" + office.lan(),
                        "local_net=10.8.0.0/24",
                        "local_net=192.168.7.0/24");
        office.forward("udp", String.valueOf(config.port("udp")), server)
                .forward("tcp", String.valueOf(config.port("tcp")), server)
                .forward("udp", "10000-19999", server)
                .forward("udp", "51820", server);
        allo = AlloProcess.start(lab, server, config.write());
    }

    @AfterEach
    void close() {
        phones.forEach(Phone::close);
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void phonesOnTheLanBehindATunnelBehindNatAndOnTheInternetTalkToEachOther() {
        var outside = office.host().address();
        Phone lan = phone("lan", office.behind("lan"), server.address(), 400, a -> a);
        Phone second = phone("second", office.behind("second"), SECOND_ADDRESS, 500, a -> a);
        Phone home = phone("home", homeRouter().behind("home"), outside, 620, a -> a.withTransport("tcp", 0));
        Phone inet = phone("inet", lab.host("inet"), outside, 700, a -> a);
        Phone branch = phone("branch", branchOffice(), IN_TUNNEL, 850, a -> a);
        var all = List.of(lan, second, home, inet, branch);
        for (int i = 0; i < all.size(); i++) {
            for (int k = i + 1; k < all.size(); k++) {
                boolean forth = (i + k) % 2 == 0; // now the one calls, now the other
                talk(all.get(forth ? i : k), all.get(forth ? k : i));
            }
        }
    }

    /** What each phone sees of allo is one address, and the one that it was told. */
    @Test
    void everyPhoneSeesOneAddressOfAlloInSignallingAndSound() {
        var outside = office.host().address();
        Phone second = phone("second", office.behind("second"), SECOND_ADDRESS, 500, a -> a);
        Phone home = phone("home", homeRouter().behind("home"), outside, 620, a -> a);
        Phone branch = phone("branch", branchOffice(), IN_TUNNEL, 850, a -> a);
        assertSees(second, SECOND_ADDRESS, home, outside);
        assertSees(branch, IN_TUNNEL, second, SECOND_ADDRESS);
    }

    /** The router at home forgets: the phone's next registration comes from another port, and it can be called there. */
    @Test
    void aPhoneWhoseRouterGivesItAnotherPortIsCalledThereAfterItsNextRegistration() {
        var outside = office.host().address();
        Router router = homeRouter();
        Phone lan = phone("lan", office.behind("lan"), server.address(), 400, a -> a);
        Phone home = phone("home", router.behind("home"), outside, 620, a -> a.withRefresh(40));
        int before = seenPort(home, 0);
        talk(lan, home);
        int mark = home.process().mark();
        router.forgetTranslations();
        assertNotEquals(before, seenPort(home, mark));
        talk(lan, home);
    }

    private Router homeRouter() {
        return lab.router("homegw", "192.168.1").masquerade();
    }

    /** A host in the branch office, whose router has a WireGuard tunnel to the machine that runs allo. */
    private LabHost branchOffice() {
        Router router = lab.router("branchgw", "192.168.7");
        WireGuard.up(lab, server, IN_TUNNEL, office.host().address(), router.host(), "10.8.0.2", List.of(router.lan()));
        return router.behind("branch");
    }

    private Phone phone(
            String user, LabHost host, String serverAddress, int toneHz, UnaryOperator<PhoneAccount> settings) {
        var account = settings.apply(PhoneAccount.of(user, AlloLab.PASSWORD, server, config.port("udp"))
                .withServer(serverAddress)
                .withTone(toneHz));
        var phone = BaresipPhone.start(
                lab, host, account.withTransport(account.transport(), config.port(account.transport())));
        phones.add(phone);
        phone.awaitRegistered();
        return phone;
    }

    private static void talk(Phone caller, Phone called) {
        AlloLab.connect(caller, called);
        AlloLab.talk(caller, called, TALK);
        AlloLab.end(caller, called);
        AlloLab.assertHears(caller, called, HEARD);
        AlloLab.assertHears(called, caller, HEARD);
    }

    private void assertSees(Phone caller, String callerSees, Phone called, String calledSees) {
        PacketCapture atCaller = PacketCapture.start(lab, caller.host());
        PacketCapture atCalled = PacketCapture.start(lab, called.host());
        talk(caller, called);
        assertEquals(Set.of(callerSees), sources(atCaller.stop(), caller.host()));
        assertEquals(Set.of(calledSees), sources(atCalled.stop(), called.host()));
        assertNames(caller, callerSees);
        assertNames(called, calledSees);
    }

    private static Set<String> sources(List<CapturedPacket> packets, LabHost host) {
        return packets.stream()
                .map(packet -> packet.source().substring(0, packet.source().lastIndexOf(':')))
                .filter(address -> !address.equals(host.address()))
                .collect(Collectors.toSet());
    }

    /** Every address of allo's that the phone has been told, in Contact, Via and SDP, is this one. */
    private static void assertNames(Phone phone, String address) {
        for (String line : phone.process().lines()) {
            for (String other : List.of("192.168.50.2", SECOND_ADDRESS, IN_TUNNEL, "10.77.0.11")) {
                boolean names = line.matches("(c=|o=|Contact:|Via:).*\\b" + Pattern.quote(other) + "\\b.*");
                assertTrue(!names || other.equals(address), phone.account().user() + " was told: " + line);
            }
        }
    }

    /** The port that allo says a registration came from (rport, RFC 3581), the first since then. */
    private static int seenPort(Phone phone, int from) {
        var via = phone.process().awaitLine(Pattern.compile("^Via: .*;rport=(\\d+)"), from, Duration.ofSeconds(50));
        return Integer.parseInt(via.group(1));
    }

    /** Prints allo's log where a test failed. */
    static final class Logs implements TestWatcher {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            var test = (VpnAndNatTest) context.getRequiredTestInstance();
            if (test.allo != null) {
                System.out.println(test.allo.process().tail());
            }
        }
    }
}
