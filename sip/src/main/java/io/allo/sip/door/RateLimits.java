package io.allo.sip.door;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much is let in.
 *
 * @param strangers from one address that has shown nothing yet, by kind
 * @param known from one address with a registered phone, one that has proved a password, or that we have asked something, by kind
 * @param allStrangers requests of one kind of all strangers together, so that a flood from everywhere leaves room for those who are known;
 *     as many again of those who have been quiet lately, so that it leaves room for a phone that is new
 * @param allStrangersConnections new connections of all strangers together
 * @param refusals 503 answers a second to one known address that is over its limit; what comes beyond is dropped
 * @param sources addresses counted at a time; the one that was silent longest makes room
 */
public record RateLimits(
        Map<RequestKind, Rate> strangers,
        Map<RequestKind, Rate> known,
        Rate allStrangers,
        Rate allStrangersConnections,
        Rate refusals,
        int sources) {

    /** Addresses counted at a time unless told otherwise. */
    public static final int SOURCES = 20_000;

    /**
     * A stranger: 20 REGISTER a second after the first 300, INVITE 20 after 100, OPTIONS 10 after 60, others 50 after 300, connections 20 after
     * 300: an office of 300 phones behind one router may begin its day at once. All strangers: 500 of each a second after 2,000. A
     * known address: 500 a second of each after 2,500.
     */
    public static final RateLimits DEFAULT = new RateLimits(
            kinds(new Rate(20, 300), new Rate(20, 100), new Rate(10, 60), new Rate(50, 300), new Rate(20, 300)),
            kinds(
                    new Rate(500, 2_500),
                    new Rate(500, 2_500),
                    new Rate(500, 2_500),
                    new Rate(2_000, 10_000),
                    new Rate(100, 1_000)),
            new Rate(500, 2_000),
            new Rate(200, 1_000),
            new Rate(20, 20),
            SOURCES);

    /** No limits. */
    public static final RateLimits NONE = new RateLimits(
            kinds(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED),
            kinds(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED),
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            SOURCES);

    public RateLimits {
        strangers = Map.copyOf(strangers);
        known = Map.copyOf(known);
    }

    /** One rate for each kind that is counted; responses of strangers count as other. */
    public static Map<RequestKind, Rate> kinds(Rate register, Rate invite, Rate options, Rate other, Rate connection) {
        var rates = new EnumMap<RequestKind, Rate>(RequestKind.class);
        rates.put(RequestKind.REGISTER, register);
        rates.put(RequestKind.INVITE, invite);
        rates.put(RequestKind.OPTIONS, options);
        rates.put(RequestKind.RESPONSE, other);
        rates.put(RequestKind.OTHER, other);
        rates.put(RequestKind.CONNECTION, connection);
        return rates;
    }
}
