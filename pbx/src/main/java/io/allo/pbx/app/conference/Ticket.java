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
 * @param exits where a single key that is no beginning of a menu's sequence leads; null for nowhere
 */
record Ticket(
        String conference,
        BridgeProfile bridge,
        UserProfile user,
        MenuProfile menu,
        boolean deaf,
        boolean canSpeak,
        Function<Character, @Nullable DialplanLocation> exits) {

    static Ticket of(String conference, BridgeProfile bridge, UserProfile user, MenuProfile menu) {
        return new Ticket(conference, bridge, user, menu, false, true, key -> null);
    }
}
