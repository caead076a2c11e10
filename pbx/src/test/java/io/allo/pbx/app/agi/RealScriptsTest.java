package io.allo.pbx.app.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.io.agi.AgiLauncher;
import io.allo.io.agi.SystemAgi;
import io.allo.io.dns.DnsResolver;
import io.allo.io.dns.DnsSettings;
import io.allo.pbx.app.CallerWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.BaseAgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.asteriskjava.fastagi.MappingStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in Perl, Python and shell as people have them, and asterisk-java's FastAGI server. */
class RealScriptsTest {
    @TempDir
    Path home;

    private Path scripts;
    private CallerWorld world;
    private ScriptKit kit;

    @BeforeEach
    void prepare() throws IOException {
        scripts = Files.createDirectories(home.resolve("agi-bin"));
        world = new CallerWorld(home.resolve("sounds")).records(1_000, "menu");
        kit = new ScriptKit(world);
        patience(20_000);
    }

    /** How long a script may think before virtual time goes on. */
    private void patience(long ms) {
        AgiLauncher system = new SystemAgi(
                () -> scripts, () -> Map.of("AST_AGI_DIR", scripts.toString()), new DnsResolver(DnsSettings.DEFAULT));
        AgiApplications.register(world.runner(), kit.agiWorld(new RealScripts(system, ms)));
    }

    private void script(String name, String text) {
        try {
            var file = Files.writeString(scripts.resolve(name), text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final String PERL = """
            #!/usr/bin/perl
            use strict;
            $| = 1;
            my %AGI;
            while (<STDIN>) {
                chomp;
                last unless length($_);
                $AGI{$1} = $2 if /^agi_(\\w+)\\:\\s+(.*)$/;
            }
            sub command {
                print "$_[0]\\n";
                my $result = <STDIN>;
                return $1 if $result =~ /result=(-?[\\d*#]+)/;
                return undef;
            }
            command("ANSWER");
            my $digits = command("GET DATA menu 3000 4");
            command("SET VARIABLE PIN \\"$digits\\"");
            command("SET VARIABLE WHO \\"$AGI{channel} $AGI{arg_1} $ARGV[0] $ENV{AST_AGI_DIR}\\"");
            my $key = command("STREAM FILE menu \\"#\\"");
            command("SET EXTENSION 7"); command("SET PRIORITY 1") if $key == ord("#");
            exit 0;
            """;

    @Test
    void aPerlScriptLeadsTheCall() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")));
        script("menu.pl", PERL);
        world.keys(300, "12#").keys(1_000, "#").run("""
                AGI(menu.pl,"hello $(id) `id`")
                exten => 7,1,NoOp(${PIN} ${AGISTATUS} ${WHO})
                """);
        assertEquals(
                "NoOp(12 SUCCESS Test/1 hello $(id) `id` hello $(id) `id` " + scripts + ")",
                world.ran().getLast());
        assertEquals(List.of(), world.problems());
    }

    private static final String PYTHON = """
            #!/usr/bin/env python3
            import re, sys
            class AGI:
                def __init__(self):
                    self.env = {}
                    for line in iter(lambda: sys.stdin.readline().strip(), ''):
                        key, _, value = line.partition(':')
                        self.env[key.strip()] = value.strip()
                def execute(self, command, *args):
                    sys.stdout.write(' '.join([command] + ['"%s"' % str(a).replace('"', '') for a in args]) + '\\n')
                    sys.stdout.flush()
                    line = sys.stdin.readline()
                    if line.startswith('520-'):
                        while not line.startswith('520 '):
                            line = sys.stdin.readline()
                        raise Exception('usage')
                    code, result, data = re.match(r'(\\d+)(?: result=(\\S*)(?: \\((.*)\\))?)?', line).groups()
                    return int(code), result, data
            agi = AGI()
            agi.execute('VERBOSE', 'bonjour ' + agi.env['agi_extension'], 1)
            agi.execute('DATABASE PUT', 'shop', 'open', 'yes')
            code, result, data = agi.execute('DATABASE GET', 'shop', 'open')
            agi.execute('SET VARIABLE', 'OPEN', data + result)
            try:
                agi.execute('STREAM FILE', 'menu')
            except Exception as e:
                agi.execute('SET VARIABLE', 'WRONG', e)
            code, result, data = agi.execute('NO SUCH COMMAND')
            agi.execute('SET VARIABLE', 'CODE', code)
            agi.execute('EXEC', 'Set', 'DONE=été')
            sys.stderr.write('something for the log\\n')
            """;

    @Test
    void aPythonScriptReadsResultsAndUsage() {
        script("shop.py", PYTHON);
        world.run("AGI(shop.py)\nNoOp(${OPEN} ${WRONG} ${CODE} ${DONE} ${AGISTATUS})");
        assertEquals("NoOp(yes1 usage 510 été SUCCESS)", world.ran().getLast());
    }

    @Test
    void scriptsRunOnlyFromTheirDirectory() throws IOException {
        var outside = Files.writeString(home.resolve("outside.sh"), "#!/bin/sh\ntouch " + home.resolve("ran") + "\n");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(scripts.resolve("link.sh"), outside);
        Files.writeString(scripts.resolve("plain.sh"), "#!/bin/sh\n");
        world.run("AGI(../outside.sh)\nNoOp(${AGISTATUS})\nAGI(" + outside + ")\nNoOp(${AGISTATUS})\nAGI(link.sh)\n"
                + "NoOp(${AGISTATUS})\nAGI(plain.sh)\nNoOp(${AGISTATUS})\nAGI(none.sh)\nNoOp(${AGISTATUS})");
        var said = world.ran().stream().filter(each -> each.startsWith("NoOp")).toList();
        assertEquals(
                List.of("NoOp(FAILURE)", "NoOp(FAILURE)", "NoOp(FAILURE)", "NoOp(FAILURE)", "NoOp(NOTFOUND)"), said);
        assertFalse(Files.exists(home.resolve("ran")));
        assertTrue(
                world.problems().toString().contains("chmod +x"),
                world.problems().toString());
    }

    @Test
    void aHangupIsASignal() {
        script("wait.sh", """
                #!/bin/bash
                trap 'echo "SET VARIABLE CAUGHT hup"; read reply; exit 0' HUP
                while read line && [ -n "$line" ]; do :; done
                echo 'STREAM FILE menu ""'
                read reply
                while true; do sleep 0.05; done
                """);
        world.leaves(500).run("Answer()\nAGI(wait.sh)\nexten => h,1,NoOp(${CAUGHT} ${AGISTATUS})");
        assertEquals("NoOp(hup HANGUP)", world.ran().getLast());
    }

    @Test
    void aScriptThatHangsIsKilledWithItsChildren() throws InterruptedException {
        patience(1_500);
        script(
                "hang.sh",
                "#!/bin/sh\ntrap '' HUP TERM\nsleep 4711 &\necho $! > " + home + "/child\nwait\nsleep 4712\n");
        world.run("Answer()\nAGI(hang.sh)\nNoOp(${AGISTATUS})");
        assertEquals("NoOp(FAILURE)", world.ran().getLast());
        var child = ProcessHandle.of(Long.parseLong(read(home.resolve("child"))));
        assertTrue(child.isEmpty() || awaitEnd(child.get()), "the child lives on");
    }

    private static boolean awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(15, java.util.concurrent.TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException late) {
            return false;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Test
    void rubbishDeathAndEndlessOutputDoNoHarm() {
        script("rubbish.sh", "#!/bin/sh\nhead -c 300000 /dev/urandom\nyes '<html>'\n");
        script("die.sh", "#!/bin/sh\nkill -9 $$\n");
        script("noend.sh", "#!/bin/sh\ntr '\\0' x < /dev/zero\n");
        script("noshell.sh", "#!/no/such/interpreter\n");
        patience(5_000);
        world.run("AGI(rubbish.sh)\nNoOp(${AGISTATUS})\nAGI(die.sh)\nNoOp(${AGISTATUS})\nAGI(noshell.sh)\n"
                + "NoOp(${AGISTATUS})\nAGI(noend.sh)\nNoOp(${AGISTATUS})");
        var said = world.ran().stream().filter(each -> each.startsWith("NoOp")).toList();
        assertEquals(List.of("NoOp(FAILURE)", "NoOp(SUCCESS)", "NoOp(FAILURE)", "NoOp(FAILURE)"), said);
    }

    /** What a shop's menu does, in asterisk-java's words. */
    private static final class Shop extends BaseAgiScript {
        private volatile String seen = "";

        @Override
        public void service(AgiRequest request, AgiChannel channel) throws AgiException {
            seen = request.getChannel() + " " + request.getScript() + " " + request.getParameter("x") + " "
                    + String.join("+", request.getArguments());
            answer();
            setVariable("GOT", getData("menu", 3_000, 2) + getFullVariable("${EXTEN}"));
            if (getVariable("NONE") != null) {
                throw new AgiException("NONE is set");
            }
            databasePut("shop", "k", "v 1");
            setVariable("BACK", databaseGet("shop", "k"));
            setVariable("KEY", String.valueOf(streamFile("menu", "5")));
            setVariable("EXECUTED", exec("Set", "A=1") + "" + exec("NoSuchApplication"));
            verbose("done", 1);
            try {
                while (true) {
                    streamFile("menu");
                }
            } catch (AgiHangupException hungUp) {
                seen += " hangup";
            }
        }
    }

    @Test
    void asteriskJavaServesACall() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var shop = new Shop();
        // The probe of awaitListening says nothing: it names no script.
        MappingStrategy always = (request, channel) -> request.getScript() == null ? null : shop;
        var server = new DefaultAgiServer(always);
        server.setPort(port);
        var serving = Thread.ofPlatform().daemon().start(() -> {
            try {
                server.startup();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        try {
            awaitListening(port);
            world.keys(300, "42")
                    .keys(1_000, "5")
                    .leaves(10_000)
                    .run(
                            "AGI(agi://127.0.0.1:" + port
                                    + "/shop/enter?x=1,a,b)\nexten => h,1,NoOp(${GOT} ${BACK} ${KEY} ${EXECUTED} ${AGISTATUS})");
            assertEquals("NoOp(42100 v 1 5 0-2 HANGUP)", world.ran().getLast());
            assertEquals("Test/1 shop/enter 1 a+b hangup", shop.seen);
        } finally {
            server.shutdown();
            serving.join(5_000);
        }
    }

    private static void awaitListening(int port) throws InterruptedException {
        for (var tries = 0; tries < 200; tries++) {
            try (var probe = new java.net.Socket("127.0.0.1", port)) {
                assertTrue(probe.isConnected());
                return;
            } catch (IOException notYet) {
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        }
    }

    @Test
    void aServerThatIsNotThereFails() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        world.run("AGI(agi://127.0.0.1:" + port + "/x)\nNoOp(${AGISTATUS})");
        assertEquals("NoOp(FAILURE)", world.ran().getLast());
        assertTrue(
                world.problems().toString().contains("can't be reached"),
                world.problems().toString());
    }
}
