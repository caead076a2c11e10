package io.allo.pbx.fraud;

import io.allo.pbx.conf.Text;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** What a class says to a number. Pure; any thread. */
final class FraudRules {

    private final FraudSettings settings;
    private final String home;

    FraudRules(FraudSettings settings, String home) {
        this.settings = settings;
        this.home = home;
    }

    /** By class, country, kind and hours; ceilings are another's. */
    Verdict judge(CallClass callClass, DialedNumber number, ZonedDateTime now) {
        var kind = number.kind();
        if (kind == NumberKind.EMERGENCY) {
            return open("emergency", number, kind.words());
        }
        if (begins(callClass.deny(), number)) {
            return closed("deny", number, in(callClass, "denies it", "l'interdit"));
        }
        if (begins(callClass.allow(), number)) {
            return open("allow", number, in(callClass, "allows it", "le permet"));
        }
        if (kind == NumberKind.PRIVATE) {
            return open("private", number, kind.words());
        }
        var closed = closed(callClass, number);
        if (closed != null) {
            return closed;
        }
        if (!settings.isOfficeTime(now) && isClosedOutside(callClass.outside(), number)) {
            return closed(
                    "hours",
                    number,
                    new Text(
                            "outside office hours "
                                    + (callClass.outside() == OutsideHours.HOME
                                            ? "only the home country may be called"
                                            : "nobody outside may be called"),
                            "hors des heures de bureau "
                                    + (callClass.outside() == OutsideHours.HOME
                                            ? "seul le pays peut être appelé"
                                            : "personne au-dehors ne peut être appelé")));
        }
        return open("open", number, in(callClass, "opens it", "l'ouvre"));
    }

    private @org.jspecify.annotations.Nullable Verdict closed(CallClass callClass, DialedNumber number) {
        var kind = number.kind();
        switch (kind) {
            case UNKNOWN -> {
                return closed(
                        "number",
                        number,
                        new Text(
                                "it is " + kind.words().en() + ", read as dialed in " + home,
                                "c'est " + kind.words().fr() + ", lu comme composé en " + home));
            }
            case SATELLITE -> {
                return callClass.satellite() ? null : kindClosed("satellite", callClass, number);
            }
            case TOLL_FREE -> {
                if (number.region().equals("001")) {
                    return null;
                }
            }
            default -> {}
        }
        if (!number.region().equals("001")
                && (!callClass.countries().contains(number.region(), home)
                        || callClass.except().contains(number.region(), home))) {
            return closed(
                    "country",
                    number,
                    in(
                            callClass,
                            "does not open " + name(number, Locale.ENGLISH),
                            "n'ouvre pas " + name(number, Locale.FRENCH)));
        }
        if (kind == NumberKind.PREMIUM && !callClass.premium()) {
            return kindClosed("premium", callClass, number);
        }
        if (kind == NumberKind.SHARED_COST && !callClass.sharedCost()) {
            return kindClosed("shared-cost", callClass, number);
        }
        return null;
    }

    private static String name(DialedNumber number, Locale language) {
        return NumberPlan.countryName(number.region(), language) + " (" + number.region() + ")";
    }

    private static Verdict kindClosed(String rule, CallClass callClass, DialedNumber number) {
        var words = number.kind().words();
        return closed(
                rule,
                number,
                new Text(
                        "it is " + words.en() + ", and class " + callClass.name() + " does not open those",
                        "c'est " + words.fr() + ", et la classe " + callClass.name() + " ne les ouvre pas"));
    }

    private boolean isClosedOutside(OutsideHours rule, DialedNumber number) {
        return switch (rule) {
            case OPEN -> false;
            case NOTHING -> true;
            case HOME -> !number.region().equals(home) && number.kind() != NumberKind.TOLL_FREE;
        };
    }

    private static boolean begins(List<String> beginnings, DialedNumber number) {
        return beginnings.stream()
                .anyMatch(each -> each.startsWith("+")
                        ? number.e164().startsWith(each)
                        : number.dialed().equals(each));
    }

    private static Text in(CallClass callClass, String english, String french) {
        return new Text("class " + callClass.name() + " " + english, "la classe " + callClass.name() + " " + french);
    }

    private static Verdict open(String rule, DialedNumber number, Text why) {
        return new Verdict(true, rule, number, why);
    }

    private static Verdict closed(String rule, DialedNumber number, Text why) {
        return new Verdict(false, rule, number, why);
    }

    /** A ceiling is reached. */
    static Verdict ceiling(String which, CallClass callClass, DialedNumber number) {
        var limits = callClass.ceilings();
        return closed(
                which,
                number,
                switch (which) {
                    case "calls" ->
                        new Text(
                                "the " + limits.calls() + " calls of the day are used up",
                                "les " + limits.calls() + " appels du jour sont épuisés");
                    case "minutes" ->
                        new Text(
                                "the " + limits.minutes() + " minutes of the day are used up",
                                "les " + limits.minutes() + " minutes du jour sont épuisées");
                    default ->
                        new Text(
                                limits.simultaneous() + " calls at one time are the most",
                                limits.simultaneous() + " appels à la fois sont le maximum");
                });
    }
}
