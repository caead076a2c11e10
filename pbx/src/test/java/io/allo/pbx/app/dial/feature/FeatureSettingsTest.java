package io.allo.pbx.app.dial.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureSettingsTest {
    private final List<ConfProblem> problems = new ArrayList<>();

    private FeatureSettings read(String text) {
        return FeatureSettings.read(
                new ConfParser(ConfSource.of(Map.of("features.conf", text))).parse("features.conf"), problems::add);
    }

    @Test
    void anEmptyFileIsAsNone() {
        assertEquals(FeatureSettings.DEFAULT, read(""));
        assertEquals(List.of(), problems);
    }

    @Test
    void theThreeFormsOfAnApplicationAreRead() {
        assertEquals(
                new AppFeature("a", "#9", true, "Playback", "tt-monkeys", ""),
                AppFeature.parse("a", "#9,peer,Playback,tt-monkeys"));
        assertEquals(
                new AppFeature("a", "*5", false, "Set", "ARRAY(x,y)=1,2", "default"),
                AppFeature.parse("a", "*5,self/caller,Set(ARRAY(x,y)=1,2),default"));
        assertEquals(
                new AppFeature("a", "#8", false, "Gosub", "sub,s,1(a,b)", "jazz"),
                AppFeature.parse("a", "#8, self, Gosub,\"sub,s,1(a,b)\",jazz"));
        assertEquals(new AppFeature("a", "*", false, "NoOp", "", ""), AppFeature.parse("a", "*,self,NoOp"));
    }

    @Test
    void whatCantBeReadIsNone() {
        for (var text : List.of(
                "",
                "#9",
                "#9,peer",
                "9x,peer,NoOp",
                "#9,both,NoOp",
                "#9,peer,(x)",
                "#9,self,Set(a",
                "#9,self,Set,\"a")) {
            assertNull(AppFeature.parse("a", text), text);
        }
    }

    @Test
    void aGroupHasKeysOfItsOwn() {
        var settings = read("""
                [applicationmap]
                one => #9,self,NoOp
                two => #8,peer,NoOp
                [team]
                one => *7
                two =>
                """);
        assertEquals(List.of(), problems);
        assertEquals(
                List.of("*7", "#8"),
                settings.groups().get("team").stream().map(AppFeature::keys).toList());
    }

    @Test
    void whatIsWrongOrNotDoneIsToldWithItsLine() {
        var settings = read("""
                [general]
                featuredigittimeout = 500
                pickupexten = *8
                [featuremap]
                blindxfer => ##
                disconnect => x
                atxfer => *2
                [applicationmap]
                broken => #9,somebody,NoOp
                [team]
                nobody => *7
                """);
        assertEquals(500, settings.digitMs());
        assertEquals("##", settings.blindTransfer());
        assertEquals("*", settings.disconnect());
        assertEquals(
                List.of("3 option-inert", "6 option-value", "7 option-inert", "9 option-value", "11 option-value"),
                problems.stream()
                        .sorted((a, b) -> a.line() - b.line())
                        .map(problem -> problem.line() + " " + problem.code())
                        .toList());
    }
}
