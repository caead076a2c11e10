package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A script hears what a real phone says, on its descriptor 3. */
@Tag("phones")
class EagiTest {

    /** Reads four seconds of sound, and says how much of the energy of the loudest of them is at 440 Hz and at 620 Hz, in per cent. */
    private static final String LISTENER = """
            #!/usr/bin/python3
            import math, os, struct, sys
            env = {}
            for line in iter(sys.stdin.readline, '\\n'):
                key, value = line.strip().split(':', 1)
                env[key] = value.strip()
            def command(text):
                sys.stdout.write(text + '\\n')
                sys.stdout.flush()
                return sys.stdin.readline()
            command('VERBOSE "listening" 1')
            data = b''
            while len(data) < 4 * 16000:
                more = os.read(3, 4096)
                if not more:
                    break
                data += more
            samples = struct.unpack('<%dh' % (len(data) // 2), data)
            def energy(part):
                return sum(s * s for s in part)
            seconds = [samples[i:i + 8000] for i in range(0, len(samples) - 7999, 8000)]
            loudest = max(seconds, key=energy)
            def share(hz):
                re = sum(s * math.cos(2 * math.pi * hz * i / 8000) for i, s in enumerate(loudest))
                im = sum(s * math.sin(2 * math.pi * hz * i / 8000) for i, s in enumerate(loudest))
                return round(100 * 2 * (re * re + im * im) / len(loudest) / max(1, energy(loudest)))
            with open(sys.argv[1], 'w') as out:
                out.write('%s %d %d %d' % (env['agi_enhanced'], len(samples), share(440), share(620)))
            command('SET VARIABLE HEARD done')
            """;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @Test
    void aScriptCountsTheEnergyOfTheCallersTone() throws IOException {
        Path answer = lab.host("allo").directory().resolve("heard.txt");
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => 600,1,Answer()
                 same => n,EAGI(listen.py,%s)
                 same => n,ExecIf($["${AGISTATUS} ${HEARD}" != "SUCCESS done"]?Wait(60))
                 same => n,Hangup()
                """.formatted(answer));
        lab.config().write();
        Path scripts = Files.createDirectories(lab.host("allo").directory().resolve("state/agi-bin"));
        Path script = Files.writeString(scripts.resolve("listen.py"), LISTENER);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("600");
        alice.awaitEstablished();
        alice.awaitEnded(Duration.ofSeconds(30));
        Awaitility.await().atMost(Phone.PATIENCE).until(() -> Files.exists(answer));
        String[] words = Files.readString(answer).split(" ");
        assertEquals("1.0", words[0], "agi_enhanced");
        assertTrue(Integer.parseInt(words[1]) >= 32_000, words[1] + " samples");
        assertTrue(Integer.parseInt(words[2]) >= 60, words[2] + " % at 440 Hz");
        assertTrue(Integer.parseInt(words[3]) <= 5, words[3] + " % at 620 Hz");
    }
}
