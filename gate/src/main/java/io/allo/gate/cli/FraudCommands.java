package io.allo.gate.cli;

import io.allo.pbx.fraud.NumberPlan;
import java.util.List;
import java.util.Locale;

/** What is said about calls to the public network. Any thread. */
final class FraudCommands {

    private final CliDesk desk;

    FraudCommands(CliDesk desk) {
        this.desk = desk;
    }

    /** Today's counters of each user, beside his ceilings. */
    void show(List<String> arguments, Reply reply) {
        var guard = desk.fraud();
        var home = guard.rules().home();
        reply.line(
                "home country: " + home.code() + " (" + home.why().en() + ")",
                "pays : " + home.code() + " (" + home.why().fr() + ")");
        var table = new Table(
                reply.say("USER", "UTILISATEUR"),
                reply.say("CLASS", "CLASSE"),
                reply.say("CALLS", "APPELS"),
                reply.say("MINUTES", "MINUTES"),
                reply.say("NOW", "EN COURS"));
        for (var tally : guard.today()) {
            var callClass = guard.classOf(tally.payer());
            var limits = callClass.ceilings();
            table.row(
                    tally.payer(),
                    callClass.name(),
                    of(tally.calls(), limits.calls()),
                    of((tally.seconds() + 59) / 60, limits.minutes()),
                    of(guard.simultaneous(tally.payer()), limits.simultaneous()));
        }
        reply.table(table);
    }

    private static String of(long used, int ceiling) {
        return ceiling == 0 ? String.valueOf(used) : used + "/" + ceiling;
    }

    /** Which rule decides over a number, and why. */
    void explain(List<String> arguments, Reply reply) {
        if (arguments.size() < 2) {
            reply.fail(
                    "name a user and a number: fraud explain alice +33123456789",
                    "nommez un utilisateur et un numéro : fraud explain alice +33123456789");
            return;
        }
        var trunk = arguments.size() > 2 ? arguments.get(2) : "";
        var verdict = desk.fraud().explain(arguments.get(0), arguments.get(1), trunk);
        var number = verdict.number();
        var country = number.region();
        reply.line(
                Table.clean(number.shown()) + ": " + number.kind().words().en()
                        + (country.isEmpty() ? "" : ", " + NumberPlan.countryName(country, Locale.ENGLISH)),
                Table.clean(number.shown()) + " : " + number.kind().words().fr()
                        + (country.isEmpty() ? "" : ", " + NumberPlan.countryName(country, Locale.FRENCH)));
        var who = Table.clean(arguments.get(0));
        var rule = verdict.rule();
        if (verdict.allowed()) {
            reply.line(
                    who + " may call it: " + verdict.why().en() + " (rule " + rule + ")",
                    who + " peut l'appeler : " + verdict.why().fr() + " (règle " + rule + ")");
        } else {
            reply.fail(
                    who + " may not call it: " + verdict.why().en() + " (rule " + rule + ")",
                    who + " ne peut pas l'appeler : " + verdict.why().fr() + " (règle " + rule + ")");
        }
    }
}
