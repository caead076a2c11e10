package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.attack.AttackProgram;
import io.allo.conformance.lab.AlloProcess;
import io.allo.conformance.lab.AsteriskConfig;
import io.allo.conformance.lab.JavaProgram;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.BaresipPhone;
import io.allo.conformance.phone.LinphonePhone;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import io.allo.conformance.sound.ToneReport;
import io.allo.gate.cli.CliClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One allo, its configuration and the phones around it, for one test (register it as an extension). The files of a failed
 * test stay where its message says; those of a good one are removed. One test thread.
 */
public final class AlloLab implements BeforeEachCallback, AfterEachCallback {
    public static final String PASSWORD = "s3cret-Tr0mbone";
    public static final int SIPP_PORT = 21000;

    private NetworkLab lab;
    private Path directory;
    private AsteriskConfig config;
    private AlloProcess allo;
    private final List<Phone> phones = new ArrayList<>();

    /** Which program a phone is. */
    public enum Kind {
        BARESIP,
        LINPHONE
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("allo-lab");
        lab = NetworkLab.open(directory);
        config = AsteriskConfig.of(lab.host("allo"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (lab == null) {
            return;
        }
        boolean failed = context.getExecutionException().isPresent();
        if (failed) {
            System.out.println("FAILED " + context.getDisplayName() + ", files in " + directory);
            if (allo != null) {
                System.out.println(allo.process().tail());
            }
        }
        phones.forEach(Phone::close); // first, while allo still answers what they say at their end
        lab.close();
        if (!failed) {
            delete(directory);
        }
    }

    public NetworkLab network() {
        return lab;
    }

    public AsteriskConfig config() {
        return config;
    }

    public AlloProcess allo() {
        return allo;
    }

    public LabHost host(String name) {
        return lab.host(name);
    }

    /** Users alice and bob with {@link #PASSWORD}, all codecs. */
    public AlloLab aliceAndBob() {
        config.user("alice", PASSWORD, "").user("bob", PASSWORD, "");
        return this;
    }

    /** Writes the configuration and starts allo on it. */
    public AlloLab start() {
        allo = AlloProcess.start(lab, lab.host("allo"), config.write());
        return this;
    }

    /** Switches a phone on, on a host of the user's name, and waits until it is registered. */
    public Phone phone(Kind kind, String user, UnaryOperator<PhoneAccount> settings) {
        Phone phone = unregisteredPhone(kind, user, settings);
        phone.awaitRegistered();
        return phone;
    }

    /** Switches a phone on, without waiting for its registration. */
    public Phone unregisteredPhone(Kind kind, String user, UnaryOperator<PhoneAccount> settings) {
        LabHost server = lab.host("allo");
        var account = settings.apply(PhoneAccount.of(user, PASSWORD, server, config.port("udp")));
        var whole = account.withTransport(account.transport(), config.port(account.transport()));
        Phone phone = switch (kind) {
            case BARESIP -> BaresipPhone.start(lab, lab.host(user), whole);
            case LINPHONE -> LinphonePhone.start(lab, lab.host(user), whole);
        };
        phones.add(phone);
        return phone;
    }

    /** baresip as alice speaks 440 Hz. */
    public Phone alice(Kind kind) {
        return phone(kind, "alice", account -> account.withTone(440));
    }

    /** The other phone, as bob, speaks 620 Hz. */
    public Phone bob(Kind kind) {
        return phone(kind, "bob", account -> account.withTone(620));
    }

    /** sipp calls allo from its host, where allo knows it as the peer "sipp". */
    public SippRun sippCalls(SippScenario scenario) {
        return SippRun.call(lab, lab.host("sipp"), SIPP_PORT, "udp", config.target("udp"), scenario);
    }

    /** sipp calls allo over this transport. */
    public SippRun sippCalls(String transport, SippScenario scenario) {
        return SippRun.call(lab, lab.host("sipp"), SIPP_PORT, transport, config.target(transport), scenario);
    }

    /** sipp waits on its host for a call from allo to the peer "callee". */
    public SippRun sippAnswers(SippScenario scenario) {
        return SippRun.wait(lab, lab.host("callee"), SIPP_PORT, "udp", scenario);
    }

    /** The peers "sipp" and "callee" over UDP; these lines go to both endpoints. */
    public AlloLab sippPeers(String endpointLines) {
        Tools.need(Tools.SIPP);
        config.peer("sipp", lab.host("sipp"), SIPP_PORT, "udp", endpointLines)
                .peer("callee", lab.host("callee"), SIPP_PORT, "udp", endpointLines);
        return this;
    }

    /** Starts the attack that these arguments describe on a host. */
    public LoggedProcess attack(String host, String... arguments) {
        return attack(AttackProgram.class, host, arguments);
    }

    /** The same with another attacker's program. */
    public LoggedProcess attack(Class<?> program, String host, String... arguments) {
        LabHost from = lab.host(host);
        var command = JavaProgram.command(program.getName());
        command.addAll(List.of(arguments));
        return lab.running(LoggedProcess.start("attack", from.directory(), Map.of(), from.command(command)));
    }

    /** What allo answers to these words on its control socket. */
    public List<String> ask(String words) {
        return ask("en", words);
    }

    /** The same in a language. */
    public List<String> ask(String language, String words) {
        var lines = new ArrayList<String>();
        try {
            CliClient.ask(lab.host("allo").directory().resolve("state/control.sock"), language, words, lines::add);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return lines;
    }

    /** One of the figures that allo keeps, without labels. */
    public long figure(String name) {
        return ask("show metrics").stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line ->
                        (long) Double.parseDouble(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure " + name));
    }

    public PacketCapture capture(String host) {
        return PacketCapture.start(lab, lab.host(host));
    }

    /** One calls the other, who answers; returns when both say that the call is up. */
    public static void connect(Phone caller, Phone called) {
        called.listen();
        caller.dial(called.account().user());
        called.awaitIncoming();
        caller.awaitRinging();
        called.answer();
        caller.awaitEstablished();
        called.awaitEstablished();
    }

    /** Both hear at least this much. */
    public static void talk(Phone one, Phone other, Duration sound) {
        one.awaitHeard(sound);
        other.awaitHeard(sound);
    }

    /** One hangs up, and the other notices. */
    public static void end(Phone one, Phone other) {
        other.listen();
        one.hangup();
        one.awaitEnded(Phone.PATIENCE);
        other.awaitEnded(Phone.PATIENCE);
    }

    /** Right frequency, no gap over 60 ms, the markers where they belong, at least this long. */
    public static void assertHears(Phone phone, Phone speaker, Duration atLeast) {
        int toneHz = speaker.account().toneHz();
        ToneReport report = phone.heard(toneHz);
        String words = phone.account().user() + " heard " + report;
        assertEquals(toneHz, report.dominantHz(), words);
        assertEquals(0, report.gapsOver60Ms(), words);
        assertTrue(report.heardMs() >= atLeast.toMillis(), words);
        assertTrue(report.markerIntervalsMs().size() >= atLeast.toSeconds() - 2, words);
        assertTrue(report.keepsTime(), words);
    }

    /** What allo sent this address was whole: one stream without a lost packet or a gap over 60 ms. */
    public static void assertWhole(List<RtpStream> streams) {
        assertEquals(1, streams.size(), "streams: " + streams.size());
        RtpStream stream = streams.getFirst();
        assertEquals(0, stream.lost(), "lost packets");
        assertTrue(stream.longestGapMs() <= 60, "a gap of " + stream.longestGapMs() + " ms");
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
