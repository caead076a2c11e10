package io.allo.pbx.app.conference;

import io.allo.pbx.conference.Conferences;
import io.allo.pbx.conference.Member;
import java.util.Locale;
import java.util.function.Predicate;

/** Finds members by the words of Asterisk's commands. No state; any thread. */
final class Rooms {

    private Rooms() {}

    /** Whom these words mean: "all", "participants" (all but admins), a channel's name or its beginning. */
    static Predicate<Member> meant(String words) {
        return switch (words.toLowerCase(Locale.ROOT)) {
            case "all" -> member -> true;
            case "participants" -> member -> !member.isAdmin();
            default ->
                member -> member.channel().name().equals(words)
                        || member.channel().uniqueId().equals(words);
        };
    }

    /** Throws them out; false if there is nobody. */
    static boolean kick(Conferences rooms, String conference, String words) {
        var found = rooms.room(conference).stream()
                .flatMap(room -> room.members().stream())
                .filter(meant(words))
                .toList();
        found.forEach(Member::kick);
        return !found.isEmpty();
    }
}
