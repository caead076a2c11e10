package io.allo.pbx.app.conference;

import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.MenuProfile;
import io.allo.pbx.app.conference.profile.UserProfile;
import io.allo.pbx.call.DialplanLocation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * With what somebody enters a conference. Immutable.
 *
 * @param conference its name
 * @param bridge counts if he opens it
 * @param deaf he hears nobody
 * @param canSpeak false: nor can he unmute himself
 * @param waitMs how long he waits for a marked user at most; 0 for as long as he likes
 * @param closesLast if one is left when he goes, that one has to go too
 * @param exits where a single key that is no beginning of a menu's sequence leads; null for nowhere
 */
record Ticket(
        String conference,
        BridgeProfile bridge,
        UserProfile user,
        MenuProfile menu,
        boolean deaf,
        boolean canSpeak,
        long waitMs,
        boolean closesLast,
        Function<Character, @Nullable DialplanLocation> exits) {

    static Ticket of(String conference, BridgeProfile bridge, UserProfile user, MenuProfile menu) {
        return new Ticket(conference, bridge, user, menu, false, true, 0, false, key -> null);
    }
}
