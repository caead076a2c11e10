package io.allo.pbx.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.core.random.RandomSource;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which numbers the classes open, with France for home. */
class FraudRulesTest {
    private static final ZonedDateTime FRIDAY_NOON =
            ZonedDateTime.of(2026, 11, 20, 12, 0, 0, 0, ZoneId.of("Europe/Paris"));
    private static final String FILE = """
            [general]
            country = FR
            office_hours = 08:00-19:00,mon-fri
            [boss]
            type = class
            countries = all
            not_countries = CU, KP
            premium = yes
            allow = +8835100
            deny = +3389
            outside_hours = open
            [night]
            type = class
            outside_hours = nothing
            [europe]
            type = class
            countries = eu, GB
            [carl]
            type = user
            class = boss
            minutes = 30
            [office2]
            type = trunk
            public = no
            [provider]
            type = trunk
            numbers = e164
            class = europe
            """;

    private final List<ConfProblem> problems = new ArrayList<>();
    private final FraudSettings settings = read(FILE);
    private final NumberPlan plan = new NumberPlan("FR", List.of());

    private FraudSettings read(String text) {
        return FraudSettings.read(
                new ConfParser(ConfSource.of(Map.of("fraud.conf", text))).parse("fraud.conf"), problems::add);
    }

    private String rule(String callClass, String number, ZonedDateTime at) {
        var verdict = new FraudRules(settings, "FR")
                .judge(settings.classes().get(callClass), plan.read(number, NumberFormat.AUTO), at);
        return (verdict.allowed() ? "+" : "-") + verdict.rule();
    }

    @Test
    void theFileIsReadWithoutAProblem() {
        assertEquals(List.of(), problems);
        assertEquals(30, settings.classOf("carl", false).ceilings().minutes());
        assertEquals("boss", settings.classOf("carl", false).name());
        assertEquals("national", settings.classOf("nobody", false).name());
        assertEquals("forwarded", settings.classOf("nobody", true).name());
        assertEquals("europe", settings.classOf("provider", true).name());
    }

    @ParameterizedTest
    @CsvSource({
        "national, 0123456789, +open",
        "national, 0800123456, +open",
        "national, 3103, +open",
        "national, 0899123456, -premium",
        "national, 3975, -premium",
        "national, 0820123456, -shared-cost",
        "national, 00442079460000, -country",
        "national, +5371234567, -country",
        "national, +881612345678, -satellite",
        "national, +979123456789, -premium",
        "national, +80012345678, +open",
        "national, 0033899123456, -premium",
        "national, abc, -number",
        "national, 2001, +private",
        "national, 15, +emergency",
        "internal, 0123456789, -country",
        "internal, 18, +emergency",
        "internal, 112, +emergency",
        "international, +5371234567, +open",
        "international, +881612345678, -satellite",
        "international, +19005551234, -premium",
        "boss, +5371234567, -country",
        "boss, +19005551234, +open",
        "boss, 0899123456, -deny",
        "boss, +8835100012345, +allow",
        "europe, +442079460000, +open",
        "europe, +493012345678, +open",
        "europe, +12125550100, -country",
    })
    void eachClassOpensWhatItSays(String callClass, String number, String rule) {
        assertEquals(rule, rule(callClass, number, FRIDAY_NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "europe, +493012345678, -hours",
        "europe, 0123456789, +open",
        "night, 0123456789, -hours",
        "night, 15, +emergency",
        "night, 112, +emergency",
        "boss, +493012345678, +open",
    })
    void outsideOfficeHours(String callClass, String number, String rule) {
        assertEquals(rule, rule(callClass, number, FRIDAY_NOON.withHour(22)));
        assertEquals(rule, rule(callClass, number, FRIDAY_NOON.plusDays(1)));
    }

    /** Whatever a class is, emergency numbers are open; and what it does not open stays closed in every way of dialing it. */
    @Test
    void noClassCloses112AndNoSpellingOpensWhatIsClosed() {
        var random = RandomSource.seeded(5);
        var prefixes = List.of("+", "00", "");
        var closed = List.of("5371234567", "881612345678", "33899123456", "18765551234", "252612345678", "88216123456");
        for (var callClass : List.of("national", "europe", "night", "internal", "forwarded")) {
            for (var at : List.of(FRIDAY_NOON, FRIDAY_NOON.withHour(3))) {
                assertEquals("+emergency", rule(callClass, "112", at));
                for (var number : closed) {
                    var dialed = new StringBuilder(prefixes.get(random.nextInt(3)));
                    for (var digit : number.split("")) {
                        dialed.append(digit);
                        if (random.nextInt(4) == 0) {
                            dialed.append("-. ()".charAt(random.nextInt(5)));
                        }
                    }
                    assertEquals('-', rule(callClass, dialed.toString(), at).charAt(0), callClass + " " + dialed);
                }
            }
        }
    }

    @Test
    void whatIsWrongInTheFileIsSaidWithItsLineAndASuggestion() {
        read("""
                [general]
                countr = FR
                country = Frankreich
                default_class = natinal
                office_hours = noonish
                [a]
                type = class
                countries = FR, XX
                allow = PJSIP/1
                [b]
                class = national
                """);
        var said = problems.stream().map(problem -> problem.inWords("en")).toList();
        assertEquals(7, said.size(), said::toString);
        assertEquals(
                true, said.stream().anyMatch(line -> line.startsWith("fraud.conf:2:") && line.contains("country")));
        assertEquals(true, said.stream().anyMatch(line -> line.contains("fraud.conf:4") && line.contains("national")));
        assertEquals(true, said.stream().anyMatch(line -> line.startsWith("fraud.conf:10: error")));
    }
}
