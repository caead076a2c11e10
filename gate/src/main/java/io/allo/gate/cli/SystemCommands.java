package io.allo.gate.cli;

import io.allo.pbx.conf.ConfProblem;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What is said about the server as a whole, and done with it. Any thread. */
final class SystemCommands {

    private static final int RECORDS = 50;
    private static final int RECORDS_LIMIT = 10_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final CliDesk desk;

    SystemCommands(CliDesk desk) {
        this.desk = desk;
    }

    void version(List<String> arguments, Reply reply) {
        reply.line("allo " + desk.version() + " (Java " + Runtime.version() + ")");
    }

    void uptime(List<String> arguments, Reply reply) {
        var millis = desk.nowMillis() - desk.startedMillis();
        reply.line("System uptime: " + Spans.words(millis), "en service depuis " + Spans.clock(millis));
    }

    /** The newest records; the argument says how many. */
    void records(List<String> arguments, Reply reply) {
        var limit = RECORDS;
        if (!arguments.isEmpty() && arguments.getFirst().matches("[0-9]{1,5}")) {
            limit = Math.min(RECORDS_LIMIT, Integer.parseInt(arguments.getFirst()));
        }
        try {
            var table = new Table(
                    reply.say("START", "DÉBUT"),
                    reply.say("CALLER", "APPELANT"),
                    reply.say("CALLED", "APPELÉ"),
                    reply.say("RESULT", "RÉSULTAT"),
                    reply.say("SECONDS", "SECONDES"),
                    reply.say("CHANNEL", "CANAL"),
                    reply.say("OTHER CHANNEL", "AUTRE CANAL"));
            for (var row : desk.newestRecords(limit)) {
                table.row(
                        TIME.format(Instant.ofEpochMilli(row.startMs()).atZone(ZoneId.systemDefault())),
                        row.src(),
                        row.dst(),
                        row.disposition(),
                        row.billsec(),
                        row.channel(),
                        row.dstchannel());
            }
            reply.table(table);
        } catch (IOException e) {
            reply.fail(
                    "the records can't be read: " + e.getMessage(), "enregistrements illisibles : " + e.getMessage());
        }
    }

    void reload(List<String> arguments, Reply reply) {
        var problems = desk.reload();
        problems.forEach(problem -> reply.line(problem.inWords(reply.language())));
        if (problems.stream().anyMatch(ConfProblem::isError)) {
            reply.fail(
                    "nothing was changed: mend the errors above",
                    "rien n'a été changé : corrigez les erreurs ci-dessus");
        } else {
            reply.line("the configuration was read again", "la configuration a été relue");
        }
    }

    void stop(CliDesk.Stop how, Reply reply) {
        switch (how) {
            case NOW -> reply.line("allo stops now", "allo s'arrête maintenant");
            case SOON -> reply.line("allo stops", "allo s'arrête");
            case WHEN_QUIET ->
                reply.line("allo stops when its calls are over", "allo s'arrêtera quand ses appels seront terminés");
        }
        desk.stop(how);
    }

    void database(List<String> arguments, Reply reply) {
        var prefix = arguments.isEmpty() ? "" : "/" + String.join("/", arguments);
        var count = 0;
        for (var entry : desk.database().all().entrySet()) {
            if (entry.getKey().equals(prefix) || entry.getKey().startsWith(prefix + "/")) {
                count++;
                reply.line("%-50s: %-25s".formatted(Table.clean(entry.getKey()), Table.clean(entry.getValue())));
            }
        }
        reply.line(count + " results found.");
    }

    void databaseGet(List<String> arguments, Reply reply) {
        if (has(arguments, 2, reply)) {
            desk.database()
                    .get(arguments.get(0), arguments.get(1))
                    .ifPresentOrElse(
                            value -> reply.line("Value: " + Table.clean(value)),
                            () -> reply.fail("Database entry not found.", "entrée introuvable."));
        }
    }

    void databasePut(List<String> arguments, Reply reply) {
        if (!has(arguments, 3, reply)) {
            return;
        }
        var value = String.join(" ", arguments.subList(2, arguments.size()));
        if (desk.database().put(arguments.get(0), arguments.get(1), value)) {
            reply.line("Updated database successfully");
        } else {
            reply.fail("Failed to update entry: the database is full", "base de données pleine");
        }
    }

    void databaseDelete(List<String> arguments, Reply reply) {
        if (has(arguments, 2, reply)) {
            if (desk.database().delete(arguments.get(0), arguments.get(1)).isPresent()) {
                reply.line("Database entry removed.");
            } else {
                reply.fail("Database entry could not be removed.", "entrée introuvable.");
            }
        }
    }

    void databaseDeleteTree(List<String> arguments, Reply reply) {
        if (has(arguments, 1, reply)) {
            var tree = arguments.size() > 1 ? arguments.get(1) : "";
            reply.line(desk.database().deleteTree(arguments.get(0), tree) + " database entries removed.");
        }
    }

    private static boolean has(List<String> arguments, int count, Reply reply) {
        if (arguments.size() >= count) {
            return true;
        }
        reply.fail("too few words: family, key, value", "il manque des mots : famille, clé, valeur");
        return false;
    }
}
