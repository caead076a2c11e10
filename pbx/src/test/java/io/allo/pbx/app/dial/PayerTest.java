package io.allo.pbx.app.dial;

import static io.allo.pbx.app.dial.DialTown.answers;
import static io.allo.pbx.app.dial.DialTown.busy;
import static io.allo.pbx.app.dial.DialTown.leaves;
import static io.allo.pbx.app.dial.DialTown.presses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.app.dial.DialTown.Act;
import io.allo.pbx.call.ChannelEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For whom a call counts, and what the caller is told if a rule forbids it. */
class PayerTest {
    @TempDir
    private Path sounds;

    private DialTown town;

    @BeforeEach
    void build() {
        town = new DialTown(sounds);
    }

    @Test
    void aCallCountsForTheCaller() {
        town.phone("trunk", answers(100), leaves(200)).run("Dial(Phone/trunk)");
        assertEquals("caller", town.payers.get("trunk"));
    }

    @Test
    void throughLocalChannelsItStillCountsForTheCaller() {
        town.phone("trunk", answers(100), leaves(200)).run("""
                Dial(Local/1@one)
                [one]
                exten => 1,1,Dial(Local/2@two)
                [two]
                exten => 2,1,Dial(Phone/trunk)
                """);
        assertEquals("caller", town.payers.get("trunk"));
    }

    @Test
    void aForwardedCallCountsForThePhoneThatForwardedIt() {
        town.phone("bob", new Act(100, new ChannelEvent.Redirected(List.of("200"))), busy(100))
                .phone("trunk", answers(100), leaves(500))
                .run("""
                Dial(Phone/bob)
                exten => 200,1,Dial(Phone/trunk)
                """);
        assertEquals("caller", town.payers.get("bob"));
        assertEquals("bob", town.payers.get("trunk"));
    }

    @Test
    void aTransferredCallCountsForTheCalledSideThatTransferredIt() {
        town.phone("bob", answers(1_000), presses(2_000, '#'), presses(2_500, '2'), presses(2_800, '0'))
                .phone("trunk", answers(500), leaves(2_000))
                .run("""
                Dial(Phone/bob,20,t)
                exten => 20,1,Dial(Phone/trunk)
                """);
        assertEquals("bob", town.payers.get("trunk"));
    }

    @Test
    void aCallThatTheCallerTransfersCountsForHim() {
        town.phone("bob", answers(1_000), leaves(9_000))
                .phone("trunk", answers(500), leaves(2_000))
                .caller(presses(2_000, '#'), presses(2_500, '2'), presses(2_800, '0'))
                .run("""
                Set(__TRANSFER_CONTEXT=out)
                Dial(Phone/bob,20,T)
                [out]
                exten => 20,1,Dial(Phone/trunk)
                """);
        assertEquals("caller", town.payers.get("trunk"));
    }

    @Test
    void aForbiddenCallIsUnavailableWithCause21AndSaysSo() throws Exception {
        record("cannot-complete-as-dialed");
        town.forbidden.add("trunk");
        town.run("""
                Dial(Phone/trunk)
                Say(${DIALSTATUS} ${HANGUPCAUSE})
                Dial(Phone/trunk)
                """);
        assertEquals(List.of("CHANUNAVAIL 21"), town.said);
        assertTrue(town.problems.getFirst().startsWith("fraud-country: Phone/trunk: closed"), town.problems::toString);
        var played = town.notes("media").stream()
                .filter(note -> note.contains("play"))
                .toList();
        assertEquals(1, played.size(), () -> "once, though two were tried: " + town.notes);
        assertTrue(town.notes("caller").stream().noneMatch(note -> note.contains("answer")), town.notes::toString);
    }

    @Test
    void aForbiddenTargetBesideAnotherIsNoReasonToSpeak() throws Exception {
        record("cannot-complete-as-dialed");
        town.forbidden.add("trunk");
        town.phone("bob", busy(500)).run("""
                Dial(Phone/trunk&Phone/bob)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("BUSY"), town.said);
        assertTrue(town.notes("media").stream().noneMatch(note -> note.contains("play")), town.notes::toString);
    }

    private void record(String name) throws Exception {
        try (var writer = SoundFile.create(
                Files.newByteChannel(
                        sounds.resolve(name + ".wav"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                SoundFormat.WAV)) {
            writer.write(new short[4_000], 0, 4_000);
        }
    }
}
