package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A script leads a call: a real phone hears its prompt, types to it and is recorded by it; a script that hangs harms nobody. */
@Tag("phones")
class AgiTest {

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private Path state() {
        return lab.host("allo").directory().resolve("state");
    }

    private void script(String name, String text) {
        try {
            Path file = Files.createDirectories(state().resolve("agi-bin")).resolve(name);
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void dialplan(String steps) {
        lab.config().user("alice", AlloLab.PASSWORD, "").dialplan("[phones]\nexten => 600,1," + steps);
    }

    @Test
    void aPerlScriptPlaysAsksAndRecords() {
        Path menu = lab.host("allo").directory().resolve("menu");
        new ToneWav(620, 6).write(menu.resolveSibling("menu.wav"), 8_000);
        script("ask.pl", """
                #!/usr/bin/perl
                use strict;
                $| = 1;
                my %%env;
                while (my $line = <STDIN>) {
                    chomp $line;
                    last if $line eq '';
                    $env{$1} = $2 if $line =~ /^(\\w+):\\s*(.*)$/;
                }
                sub agi {
                    print "@_\\n";
                    my $answer = <STDIN>;
                    return $answer =~ /^200 result=(\\S+)/ ? $1 : die $answer;
                }
                agi('ANSWER');
                my $code = agi('GET DATA %s 8000 4');
                agi('RECORD FILE said wav # 3000 BEEP') if $code eq '4711';
                agi("SET VARIABLE CODE $code-$env{agi_extension}-$env{agi_arg_1}");
                """.formatted(menu));
        dialplan("AGI(ask.pl,shop)\n same => n,Verbose(1,the code is ${CODE})\n same => n,Hangup()\n");
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("600");
        alice.awaitEstablished();
        alice.awaitHeard(Duration.ofSeconds(2));
        alice.sendDigits("4711");
        alice.awaitEnded(Duration.ofSeconds(25));
        lab.allo().awaitLog("the code is 4711-600-shop", Phone.PATIENCE);
        assertEquals(620, alice.heard(620).dominantHz());
        ToneReport said = ToneCheck.listen(WavSound.read(recorded()), 440);
        assertEquals(440, said.dominantHz(), said.toString());
        assertTrue(said.heardMs() >= 2_500, said.toString());
    }

    private Path recorded() {
        try (var files = Files.walk(state())) {
            return files.filter(file -> file.endsWith("said.wav")).findFirst().orElseThrow();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** It hears neither SIGHUP nor SIGTERM, and its child would live on: both are gone after the limit. */
    @Test
    void aScriptThatHangsIsEndedAfterItsCallerHasGone() throws IOException {
        script("hang.sh", """
                #!/bin/sh
                trap '' HUP TERM
                echo ANSWER
                read answer
                sleep 1000 &
                echo "$$ $!" > pids
                while :; do wait; done
                """);
        dialplan("AGI(hang.sh)\n same => n,Hangup()\n");
        Files.writeString(lab.config().write().resolve("agi.conf"), "[general]\nhanguplimit=1\n");
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("600");
        alice.awaitEstablished();
        Path pids = state().resolve("agi-bin/pids");
        await(
                "the script runs",
                () -> Files.exists(pids) && !Files.readString(pids).isEmpty());
        var alive = Files.readString(pids).strip().split(" ");
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        lab.allo().awaitLog("call over", Duration.ofSeconds(30));
        for (var pid : alive) {
            await(
                    pid + " is gone",
                    () -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }
}
