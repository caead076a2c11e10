package io.allo.pbx.app.dial;

import static io.allo.pbx.app.dial.DialTown.answers;
import static io.allo.pbx.app.dial.DialTown.leaves;
import static io.allo.pbx.app.dial.DialTown.presses;
import static io.allo.pbx.app.dial.DialTown.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keys do in a talk, by features.conf. */
class FeatureKeysTest {
    private static final String MAP = """
            [featuremap]
            blindxfer => #1
            disconnect => *0
            automixmon => *3
            """;

    @TempDir
    Path sounds;

    private DialTown town;

    @BeforeEach
    void build() {
        town = new DialTown(sounds);
    }

    private List<String> digits(String who) {
        return town.notes(who).stream().filter(note -> note.contains("digits")).toList();
    }

    @Test
    void aCodeOfTwoKeysEndsTheTalkAndIsNotPassedOn() {
        town.features(MAP)
                .phone("bob", answers(1_000), presses(2_000, '*'), presses(2_300, '0'))
                .run("Dial(Phone/bob,20,h)");
        assertEquals("2300 hangup 16", town.notes("bob").getLast());
        assertEquals(List.of(), digits("caller"));
    }

    @Test
    void keysThatAreNoCodeGoOnTogether() {
        town.features(MAP)
                .phone(
                        "bob",
                        answers(1_000),
                        presses(2_000, '*'),
                        presses(2_300, '7'),
                        presses(2_600, '5'),
                        leaves(9_000))
                .run("Dial(Phone/bob,20,h)");
        assertEquals(List.of("2300 digits *7", "2600 digits 5"), digits("caller"));
    }

    @Test
    void aKeyThatNoOtherFollowsInTimeGoesOnAlone() {
        town.features("[general]\nfeaturedigittimeout = 500\n" + MAP)
                .phone("bob", answers(1_000), presses(2_000, '*'), presses(2_700, '0'), leaves(9_000))
                .run("Dial(Phone/bob,20,h)");
        assertEquals(List.of("2500 digits *", "2700 digits 0"), digits("caller"));
        assertEquals("9000 left 16", town.notes("bob").getLast());
    }

    @Test
    void aShorterCodeWaitsForALongerOne() {
        town.features("[featuremap]\nblindxfer => *\ndisconnect => **\n")
                .phone("bob", answers(1_000), presses(2_000, '*'), presses(2_400, '*'))
                .run("Dial(Phone/bob,20,ht)");
        assertEquals("2400 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void aTransferBeginsWithItsCode() {
        town.features(MAP)
                .phone(
                        "bob",
                        answers(1_000),
                        presses(2_000, '#'),
                        presses(2_200, '1'),
                        presses(2_500, '2'),
                        presses(2_800, '0'))
                .phone("carol", answers(500), leaves(2_000))
                .run("""
                Dial(Phone/bob,20,t)
                exten => 20,1,Dial(Phone/carol)
                """);
        assertEquals("carol", town.variable("DIALEDPEERNUMBER"));
        assertEquals("2800 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void transferExtenIsTheNumberThatIsNotAskedFor() {
        town.phone("bob", answers(1_000), presses(2_000, '#'))
                .phone("carol", answers(500), leaves(2_000))
                .run("""
                Set(__TRANSFER_EXTEN=20)
                Dial(Phone/bob,20,t)
                exten => 20,1,Dial(Phone/carol)
                """);
        assertEquals("carol", town.variable("DIALEDPEERNUMBER"));
        assertEquals("2000 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void withCapitalHTheCodeEndsTheRingingToo() {
        town.features(MAP)
                .phone("bob", rings(500))
                .caller(presses(2_000, '*'), presses(2_300, '0'))
                .run("Answer()\nDial(Phone/bob,20,H)\nSay(${DIALSTATUS})");
        assertEquals(List.of("CANCEL"), town.said);
    }

    @Test
    void anApplicationRunsOnWhoPressedOrOnTheOther() {
        town.features("""
                [applicationmap]
                mine => *1,self,Say(${CHANNEL(name)},self)
                theirs => *2,peer/both,Say,"peer, ${BRIDGEPEER:0:9}",default
                late => *3,self,Say(not named in DYNAMIC_FEATURES)
                [both]
                mine => *5
                theirs =>
                """.replace("${CHANNEL(name)}", "${BRIDGEPEER:0:9}"))
                .phone(
                        "bob",
                        answers(1_000),
                        presses(2_000, '*'),
                        presses(2_200, '5'),
                        presses(3_000, '*'),
                        presses(3_200, '3'),
                        leaves(9_000))
                .caller(presses(4_000, '*'), presses(4_200, '2'))
                .run("""
                Set(__DYNAMIC_FEATURES=both)
                Dial(Phone/bob,20)
                """);
        assertEquals(List.of("Phone/cal,self", "peer, Phone/cal"), town.said);
        assertEquals(List.of("3200 digits *3"), digits("caller"));
        assertTrue(town.notes("media").contains("2200 join 1 2"), town.notes::toString);
    }

    @Test
    void whatDynamicFeaturesNamesAndIsNotThereIsTold() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("Set(DYNAMIC_FEATURES=nothing)\nDial(Phone/bob,20)");
        assertTrue(town.problems.stream().anyMatch(p -> p.startsWith("feature: DYNAMIC_FEATURES names nothing")));
    }

    @Test
    void anApplicationThatHangsUpEndsTheTalk() {
        town.features("[applicationmap]\nend => *9,peer,Hangup()\n")
                .phone("bob", answers(1_000), presses(2_000, '*'), presses(2_200, '9'))
                .run("Set(__DYNAMIC_FEATURES=end)\nDial(Phone/bob,20)");
        assertEquals("2200 hangup 16", town.notes("caller").getLast());
    }

    @Test
    void withoutKeysInFeaturesConfOneTouchRecordingIsTold() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,x)");
        assertTrue(town.problems.stream().anyMatch(p -> p.contains("automixmon => *3")), town.problems::toString);
        assertFalse(town.problems.stream().anyMatch(p -> p.startsWith("dial-option")), town.problems::toString);
    }
}
