package io.allo.pbx.app.dial;

import static io.allo.pbx.app.dial.DialTown.*;
import static org.junit.jupiter.api.Assertions.*;

import io.allo.pbx.call.*;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** RetryDial: again and again until somebody answers. */
class RetryDialTest {
    @TempDir
    private Path sounds;

    private DialTown town;

    @BeforeEach
    void build() {
        town = new DialTown(sounds);
    }

    @Test
    void itTriesAsOftenAsToldWithAPauseBetween() {
        town.phone("bob", busy(100)).run("""
                RetryDial(,5,3,Phone/bob,20)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("BUSY"), town.said);
        assertEquals(
                List.of("0 dialed", "5100 dialed", "10200 dialed"),
                town.notes("bob").stream()
                        .filter(n -> n.contains("dialed"))
                        .map(n -> n.replaceFirst(" by.*", ""))
                        .toList());
    }

    @Test
    void anAnswerEndsIt() {
        town.phone("bob", answers(100), leaves(1_000)).run("""
                RetryDial(,5,3,Phone/bob,20,g)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("ANSWER"), town.said);
    }

    @Test
    void withoutEndItGoesOnUntilTheCallerLeaves() {
        town.caller(leaves(60_000)).run("""
                RetryDial(,10,-1,Phone/nobody,20)
                exten => h,1,Say(${DIALSTATUS})
                """);
        assertEquals(List.of("CHANUNAVAIL"), town.said);
        assertEquals(6, town.problems.size());
    }

    @Test
    void withDADigitLeadsElsewhereDuringThePause() {
        town.phone("bob", busy(100)).caller(presses(2_000, '3')).run("""
                RetryDial(,5,3,Phone/bob,20,d)
                exten => 3,1,Say(three)
                """);
        assertEquals(List.of("three"), town.said);
    }
}
