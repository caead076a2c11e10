package io.allo.pbx.app.conference;

import io.allo.pbx.call.Call;
import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.Member;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** CONFBRIDGE_INFO and CONFBRIDGE_CHANNELS: what the dialplan asks about conferences. Any thread. */
final class ConferenceFunctions {

    private final ConferenceWorld world;

    ConferenceFunctions(ConferenceWorld world) {
        this.world = world;
    }

    void register() {
        world.runner()
                .register(function("CONFBRIDGE_INFO", this::info), function("CONFBRIDGE_CHANNELS", this::channels));
    }

    private static DialplanFunction function(String name, BiFunction<Call, String, String> read) {
        return new DialplanFunction() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String read(Call call, String arguments) {
                return read.apply(call, arguments);
            }
        };
    }

    /** CONFBRIDGE_INFO(type,conference): a number; empty if nobody is in such a conference. */
    private String info(Call call, String text) {
        var arguments = Arguments.of(text, 2);
        var kind = kind(arguments.get(0));
        return world.rooms()
                .room(arguments.get(1).strip())
                .map(room -> switch (kind) {
                    case "locked" -> flag(room.isLocked());
                    case "muted" -> flag(world.control().isMuted(room));
                    default -> String.valueOf(room.count(members(kind)));
                })
                .orElse("");
    }

    private static String flag(boolean on) {
        return on ? "1" : "0";
    }

    /** CONFBRIDGE_CHANNELS(type,conference): names, separated by commas. */
    private String channels(Call call, String text) {
        var arguments = Arguments.of(text, 2);
        var wanted = members(kind(arguments.get(0)));
        return world.rooms().room(arguments.get(1).strip()).map(Conference::members).stream()
                .flatMap(java.util.List::stream)
                .filter(wanted)
                .map(member -> member.channel().name())
                .collect(Collectors.joining(","));
    }

    private static String kind(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }

    private static Predicate<Member> members(String kind) {
        return switch (kind) {
            case "parties" -> member -> true;
            case "admins" -> Member::isAdmin;
            case "marked" -> Member::isMarked;
            case "active" -> member -> !member.isWaiting();
            case "waiting" -> Member::isWaiting;
            default ->
                throw new DialplanException(
                        "a conference has parties, admins, marked, active, waiting, locked and muted, not: " + kind);
        };
    }
}
