package io.allo.gate.cli;

import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.Member;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is said about conferences and done to them. Any thread. */
final class ConferenceCommands {

    private final CliDesk desk;

    ConferenceCommands(CliDesk desk) {
        this.desk = desk;
    }

    // ---- allo's own

    /** All conferences, or who is in one. */
    void show(List<String> arguments, Reply reply) {
        if (!arguments.isEmpty()) {
            var room = named(arguments, reply);
            if (room != null) {
                members(room, reply);
            }
            return;
        }
        var table = new Table(
                reply.say("CONFERENCE", "CONFÉRENCE"),
                reply.say("MEMBERS", "MEMBRES"),
                reply.say("MARKED", "MARQUÉS"),
                reply.say("LOCKED", "VERROU"),
                reply.say("MUTED", "MUETTE"),
                reply.say("RECORDED", "ENREGISTRÉE"),
                reply.say("SINCE", "DEPUIS"));
        for (var room : desk.conferences().rooms().rooms()) {
            table.row(
                    room.name(),
                    room.size(),
                    room.count(Member::isMarked),
                    yes(room.isLocked(), reply),
                    yes(desk.conferences().isMuted(room), reply),
                    yes(room.isRecorded(), reply),
                    Spans.clock(desk.nowMillis() - room.createdMillis()));
        }
        reply.table(table);
        reply.line(
                table.size() + (table.size() == 1 ? " conference" : " conferences"),
                table.size() + (table.size() == 1 ? " conférence" : " conférences"));
    }

    private static String yes(boolean on, Reply reply) {
        return on ? reply.say("yes", "oui") : reply.say("no", "non");
    }

    private void members(Conference room, Reply reply) {
        var table = new Table(
                reply.say("NUMBER", "NUMÉRO"),
                reply.say("CHANNEL", "CANAL"),
                reply.say("CALLER", "APPELANT"),
                reply.say("IS", "EST"),
                reply.say("PROFILE", "PROFIL"),
                reply.say("SINCE", "DEPUIS"));
        for (var member : room.members()) {
            table.row(
                    member.number(),
                    member.channel().name(),
                    member.channel().callerId().number(),
                    what(member, reply),
                    desk.conferences().profiles(member).user(),
                    Spans.clock(desk.nowMillis() - member.joinedMillis()));
        }
        reply.table(table);
    }

    private static String what(Member member, Reply reply) {
        var words = new StringBuilder();
        add(words, member.isAdmin(), reply.say("admin", "admin"));
        add(words, member.isMarked(), reply.say("marked", "marqué"));
        add(words, member.isWaiting(), reply.say("waiting", "attend"));
        add(words, member.isMuted(), reply.say("muted", "muet"));
        add(words, member.isTalking(), reply.say("talking", "parle"));
        return words.isEmpty() ? "-" : words.toString();
    }

    private static void add(StringBuilder words, boolean on, String word) {
        if (on) {
            words.append(words.isEmpty() ? "" : ",").append(word);
        }
    }

    // ---- Asterisk's

    /** As Asterisk prints them: all rooms, or the members of one. */
    void list(List<String> arguments, Reply reply) {
        if (arguments.isEmpty()) {
            reply.line("Conference Bridge Name           Users  Marked Locked Muted");
            reply.line("================================ ====== ====== ====== =====");
            for (var room : desk.conferences().rooms().rooms()) {
                reply.line("%-32s %6d %6d %-6s %-5s"
                        .formatted(
                                Table.clean(room.name()),
                                room.size(),
                                room.count(Member::isMarked),
                                room.isLocked() ? "Yes" : "No",
                                desk.conferences().isMuted(room) ? "Yes" : "No"));
            }
            return;
        }
        var room = named(arguments, reply);
        if (room == null) {
            return;
        }
        reply.line("Channel                        Flags  User Profile     Bridge Profile   Menu             CallerID");
        reply.line(
                "============================== ====== ================ ================ ================ ================");
        for (var member : room.members()) {
            var profiles = desk.conferences().profiles(member);
            reply.line("%-30s %-6s %-16s %-16s %-16s %s"
                    .formatted(
                            member.channel().name(),
                            flags(member),
                            Table.clean(profiles.user()),
                            Table.clean(profiles.bridge()),
                            Table.clean(profiles.menu()),
                            Table.clean(member.channel().callerId().number())));
        }
    }

    /** A admin, M marked, W waits for marked, E ends with marked, m muted, w waits now. */
    private String flags(Member member) {
        var profiles = desk.conferences().profiles(member);
        return (member.isAdmin() ? "A" : "")
                + (member.isMarked() ? "M" : "")
                + (profiles.waitsMarked() ? "W" : "")
                + (profiles.endsMarked() ? "E" : "")
                + (member.isMuted() ? "m" : "")
                + (member.isWaiting() ? "w" : "");
    }

    /** confbridge kick NAME CHANNEL|all|participants. */
    void kick(List<String> arguments, Reply reply) {
        each(arguments, reply, Member::kick, "Kicking");
    }

    /** confbridge mute NAME CHANNEL|all|participants. */
    void mute(List<String> arguments, Reply reply) {
        if (isParticipants(arguments) && desk.conferences().muteAll(arguments.getFirst(), true)) {
            reply.line("Muting all participants");
            return;
        }
        each(arguments, reply, member -> member.muted(true), "Muting");
    }

    /** confbridge unmute NAME CHANNEL|all|participants. */
    void unmute(List<String> arguments, Reply reply) {
        if (isParticipants(arguments) && desk.conferences().muteAll(arguments.getFirst(), false)) {
            reply.line("Unmuting all participants");
            return;
        }
        each(arguments, reply, member -> member.muted(false), "Unmuting");
    }

    private static boolean isParticipants(List<String> arguments) {
        return arguments.size() == 2 && arguments.get(1).equalsIgnoreCase("participants");
    }

    private void each(List<String> arguments, Reply reply, Consumer<Member> deed, String word) {
        var room = named(arguments, reply);
        if (room == null) {
            return;
        }
        var who = arguments.size() < 2 ? "" : arguments.get(1);
        var meant =
                room.members().stream().filter(member -> isMeant(member, who)).toList();
        if (meant.isEmpty()) {
            reply.fail(
                    "No channel named '" + Table.clean(who) + "' found in conference " + Table.clean(room.name()),
                    "Le canal « " + Table.clean(who) + " » n'est pas dans la conférence " + Table.clean(room.name()));
            return;
        }
        for (var member : meant) {
            deed.accept(member);
            reply.line(word + " " + member.channel().name() + " in confbridge " + Table.clean(room.name()));
        }
    }

    private static boolean isMeant(Member member, String who) {
        return switch (who.toLowerCase(Locale.ROOT)) {
            case "all" -> true;
            case "participants" -> !member.isAdmin();
            default ->
                member.channel().name().equals(who)
                        || member.channel().uniqueId().equals(who)
                        || String.valueOf(member.number()).equals(who);
        };
    }

    void lock(boolean on, List<String> arguments, Reply reply) {
        var room = named(arguments, reply);
        if (room != null) {
            room.lock(on, null);
            reply.line("Conference " + Table.clean(room.name()) + " is " + (on ? "locked." : "unlocked."));
        }
    }

    /** confbridge record start NAME [FILE]. */
    void record(List<String> arguments, Reply reply) {
        var room = named(arguments, reply);
        if (room == null) {
            return;
        }
        var file = arguments.size() < 2 ? Optional.<String>empty() : Optional.of(arguments.get(1));
        if (desk.conferences().record(room.name(), file)) {
            reply.line("Recording started");
        } else {
            reply.fail("Conference is already being recorded.", "La conférence est déjà enregistrée.");
        }
    }

    void stopRecording(List<String> arguments, Reply reply) {
        var room = named(arguments, reply);
        if (room == null) {
            return;
        }
        if (desk.conferences().stopRecording(room.name())) {
            reply.line("Recording stopped.");
        } else {
            reply.fail("Conference is not being recorded.", "La conférence n'est pas enregistrée.");
        }
    }

    private @Nullable Conference named(List<String> arguments, Reply reply) {
        if (arguments.isEmpty()) {
            reply.fail(
                    "which conference? (show conferences lists them)",
                    "quelle conférence ? (show conferences les énumère)");
            return null;
        }
        var room = desk.conferences().rooms().room(arguments.getFirst());
        if (room.isEmpty()) {
            var name = Table.clean(arguments.getFirst());
            reply.fail("No conference bridge named '" + name + "' found!", "pas de conférence « " + name + " »");
        }
        return room.orElse(null);
    }
}
