package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.call.PartyId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerFunctionsTest {
    private final FunctionKit kit = new FunctionKit();

    private List<String> asAlice(String... lines) {
        kit.channel.callerId(new PartyId("Alice", "101", PartyId.Presentation.ALLOWED));
        kit.channel.dnid("100");
        kit.channel.ani("101");
        return kit.lines(lines);
    }

    @Test
    void everyPartOfACallerIsRead() {
        assertEquals(
                List.of("101 101 Alice \"Alice\" <101> 101 100 allowed allowed 1 []"),
                asAlice("Say(${CALLERID(num)} ${callerid(number)} ${CALLERID(name)} ${CALLERID(all)} ${CALLERID(ani)}"
                        + " ${CALLERID(dnid)} ${CALLERID(pres)} ${CALLERID(num-pres)} ${CALLERID(num-valid)}"
                        + " [${CALLERID(rdnis)}])"));
    }

    @Test
    void eachPartCanBeSet() {
        assertEquals(
                List.of("33 Bob prohib_passed_screen 5 6 7"),
                asAlice(
                        "Set(CALLERID(num)=33)",
                        "Set(CALLERID(name)=Bob)",
                        "Set(CALLERID(pres)=prohib_passed_screen)",
                        "Set(CALLERID(dnid)=5)",
                        "Set(CALLERID(rdnis)=6)",
                        "Set(CALLERID(ani)=7)",
                        "Say(${CALLERID(num)} ${CALLERID(name)} ${CALLERID(pres)} ${CALLERID(dnid)}"
                                + " ${CALLERID(rdnis)} ${CALLERID(ani)})"));
    }

    @Test
    void settingAllSetsNameAndNumberAndThePayer() {
        assertEquals(
                List.of("Carol 44 44"),
                asAlice(
                        "Set(CALLERID(all)=\"Carol\" <44>)",
                        "Say(${CALLERID(name)} ${CALLERID(num)} ${CALLERID(ani)})"));
    }

    @Test
    void aGivenTextIsReadInsteadOfTheCaller() {
        assertEquals("5551234", FunctionKit.say("${CALLERID(num,Dave <5551234>)}"));
    }

    @Test
    void anItemThatIsNotThereIsReportedAndEmpty() {
        assertEquals(List.of("[]"), asAlice("Say([${CALLERID(shoe)}])"));
        assertEquals(List.of("CALLERID(): has no item shoe"), kit.problems);
    }

    @Test
    void whoSentTheCallAndWhoIsAtTheOtherEndCanBeSet() {
        assertEquals(
                List.of("200 1 cfu 300 Eve"),
                asAlice(
                        "Set(REDIRECTING(from-num,i)=200)",
                        "Set(REDIRECTING(reason,i)=cfu)",
                        "Set(CONNECTEDLINE(num,i)=300)",
                        "Set(CONNECTEDLINE(name)=Eve)",
                        "Say(${REDIRECTING(from-num)} ${REDIRECTING(count)} ${REDIRECTING(reason)}"
                                + " ${CONNECTEDLINE(num)} ${CONNECTEDLINE(name)})"));
    }
}
