package io.allo.pbx.call.ring;

import io.allo.pbx.call.Channel;
import io.allo.pbx.call.HangupCause;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The technologies there are, by the names that dial strings use. Made by the wiring; immutable, any thread. */
public final class Destinations {

    private final Map<String, ChannelTechnology> technologies = new HashMap<>();

    /** Finds each technology by its names, in whatever case; the last of a name wins. */
    public Destinations(List<ChannelTechnology> all) {
        for (var technology : all) {
            technology.names().forEach(name -> technologies.put(name.toLowerCase(Locale.ROOT), technology));
        }
    }

    /**
     * Makes the channels of one dial string, {@code technology/resource}, for whom the call counts.
     *
     * @throws DialException if there is nothing to ring
     */
    public List<Channel> create(String dialString, Channel caller, String payer) {
        var slash = dialString.indexOf('/');
        var technology = slash < 0
                ? null
                : technologies.get(dialString.substring(0, slash).strip().toLowerCase(Locale.ROOT));
        if (technology == null) {
            throw new DialException(
                    HangupCause.NO_ROUTE_DESTINATION,
                    "\"" + dialString + "\" can't be dialed: write technology/resource, e.g. PJSIP/alice",
                    "« " + dialString + " » ne peut être composé : écrivez technologie/ressource, p. ex. PJSIP/alice");
        }
        return technology.create(dialString.substring(slash + 1).strip(), caller, payer);
    }
}
