package io.allo.gate.cli;

import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The door, its figures and its log. Any thread. */
final class DoorCommands {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,7})([smhdj]?)");
    private static final long HOUR_MS = 3_600_000;
    private static final long LONGEST_MS = 3_650L * 24 * HOUR_MS;

    private final CliDesk desk;

    DoorCommands(CliDesk desk) {
        this.desk = desk;
    }

    void list(List<String> arguments, Reply reply) {
        var bans = desk.bans();
        if (bans.isEmpty()) {
            reply.line("nobody is banned", "personne n'est banni");
            return;
        }
        var table = new Table(
                reply.say("BANNED", "BANNI"),
                reply.say("SINCE", "DEPUIS"),
                reply.say("UNTIL", "JUSQU'À"),
                reply.say("ATTEMPTS", "ESSAIS"),
                reply.say("REASON", "RAISON"));
        for (var ban : bans) {
            table.row(ban.subject(), time(ban.sinceMs()), time(ban.untilMs()), ban.attempts(), reason(ban, reply));
        }
        reply.table(table);
    }

    private static String reason(Ban ban, Reply reply) {
        var again = ban.times() > 1
                ? reply.say(" (time " + ban.times() + " within a week)", " (" + ban.times() + "e fois en une semaine)")
                : "";
        var why = switch (ban.reason()) {
            case FAILURES ->
                reply.say(
                        "wrong passwords or unknown users, the last one " + ban.detail(),
                        "mots de passe faux ou utilisateurs inconnus, le dernier " + ban.detail());
            case SCANNER ->
                reply.say(
                        "a program that looks for victims: " + ban.detail(),
                        "un programme qui cherche des victimes : " + ban.detail());
            case OPERATOR -> reply.say("an administrator said so", "décision d'un administrateur");
        };
        return why + again;
    }

    void lift(List<String> arguments, Reply reply) {
        if (arguments.size() != 1) {
            reply.fail("bans lift ADDRESS, USER, USER@ADDRESS or all", "bans lift ADRESSE, UTILISATEUR ou all");
            return;
        }
        if (arguments.getFirst().equalsIgnoreCase("all")) {
            var lifted =
                    desk.bans().stream().filter(ban -> desk.lift(ban.subject())).count();
            reply.line("bans lifted: " + lifted, "bannissements levés : " + lifted);
            return;
        }
        var subject = subject(arguments.getFirst(), reply);
        if (subject == null) {
            return;
        }
        if (desk.lift(subject)) {
            reply.line(subject + " is no longer banned", subject + " n'est plus banni");
        } else {
            reply.fail(subject + " is not banned", subject + " n'est pas banni");
        }
    }

    void add(List<String> arguments, Reply reply) {
        var forced = arguments.size() == 3 && arguments.get(1).equals("--for");
        if (arguments.size() != 1 && !forced) {
            reply.fail("bans add ADDRESS [--for 1h]", "bans add ADRESSE [--for 1h]");
            return;
        }
        var lastsMs = forced ? millis(arguments.get(2)) : HOUR_MS;
        if (lastsMs <= 0 || lastsMs > LONGEST_MS) {
            reply.fail(
                    arguments.get(2) + " is no time: write 90s, 10m, 1h or 7d",
                    arguments.get(2) + " n'est pas une durée : écrivez 90s, 10m, 1h ou 7d");
            return;
        }
        var subject = subject(arguments.getFirst(), reply);
        if (subject != null) {
            var ban = desk.ban(subject, lastsMs);
            reply.line(
                    subject + " is banned until " + time(ban.untilMs()),
                    subject + " est banni jusqu'au " + time(ban.untilMs()));
        }
    }

    void metrics(List<String> arguments, Reply reply) {
        desk.metrics().lines().forEach(reply::line);
    }

    void rotate(List<String> arguments, Reply reply) {
        try {
            var moved = desk.rotateLogs();
            moved.forEach(file -> reply.line("the log is now " + file, "le journal est maintenant " + file));
            if (moved.isEmpty()) {
                reply.line("there is no log yet", "il n'y a pas encore de journal");
            }
        } catch (IOException e) {
            reply.fail("the log can't be moved: " + e.getMessage(), "journal non déplacé : " + e.getMessage());
        }
    }

    private static @Nullable BanSubject subject(String text, Reply reply) {
        try {
            return BanSubject.parse(text);
        } catch (RuntimeException wrong) {
            reply.fail(Table.clean(text) + " is no address", Table.clean(text) + " n'est pas une adresse");
            return null;
        }
    }

    /** 0 for what is no time; a bare number counts seconds. */
    private static long millis(String text) {
        var matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return 0;
        }
        var unitMs = switch (matcher.group(2)) {
            case "m" -> 60_000L;
            case "h" -> HOUR_MS;
            case "d", "j" -> 24 * HOUR_MS;
            default -> 1_000L;
        };
        return Long.parseLong(matcher.group(1)) * unitMs;
    }

    private static String time(long ms) {
        return TIME.format(Instant.ofEpochMilli(ms).atZone(ZoneId.systemDefault()));
    }
}
