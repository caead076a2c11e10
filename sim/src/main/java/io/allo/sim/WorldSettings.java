package io.allo.sim;

import java.util.Map;

/**
 * A world to be: how many phones, how many calls at what pace, which network and which habits, and the server's
 * configuration (empty: phones 100 and up, ring groups, announcements, Local channels).
 *
 * @param phones how many phones
 * @param calls how many are placed
 * @param paceMs mean time between two
 * @param trouble how often, out of a thousand calls, an operator hangs up a channel or a phone is cut off for a while
 * @param threadLatencyNanos the most by which the server's threads wake one another late
 * @param files the server's pjsip.conf and extensions.conf, empty for the usual
 */
public record WorldSettings(
        int phones,
        int calls,
        int paceMs,
        LinkQuality network,
        PhoneHabits habits,
        int trouble,
        int threadLatencyNanos,
        Map<String, String> files) {

    public WorldSettings {
        files = Map.copyOf(files);
    }

    /** A few people on a good network. */
    public static final WorldSettings QUIET =
            new WorldSettings(2, 1, 1_000, LinkQuality.PERFECT, PhoneHabits.CALM, 0, 100_000, Map.of());

    /** The same world with so many calls. */
    public WorldSettings withCalls(int count) {
        return new WorldSettings(phones, count, paceMs, network, habits, trouble, threadLatencyNanos, files);
    }

    /** The same world on that network. */
    public WorldSettings withNetwork(LinkQuality quality) {
        return new WorldSettings(phones, calls, paceMs, quality, habits, trouble, threadLatencyNanos, files);
    }

    /** The same world with other people. */
    public WorldSettings withHabits(PhoneHabits others) {
        return new WorldSettings(phones, calls, paceMs, network, others, trouble, threadLatencyNanos, files);
    }

    /** A world drawn from a seed: from two to twelve phones, any network, any people. */
    public static WorldSettings drawn(long seed, int calls) {
        var random = io.allo.core.random.RandomSource.seeded(seed * 31 + 7);
        var networks = new LinkQuality[] {LinkQuality.PERFECT, LinkQuality.GOOD, LinkQuality.BAD, LinkQuality.AWFUL};
        var people = new PhoneHabits[] {PhoneHabits.CALM, PhoneHabits.OFFICE, PhoneHabits.WILD};
        return new WorldSettings(
                2 + random.nextInt(11),
                calls,
                200 + random.nextInt(5_000),
                networks[random.nextInt(networks.length)],
                people[random.nextInt(people.length)],
                random.nextInt(3) * 100,
                random.nextInt(2) == 0 ? 100_000 : 20_000_000,
                Map.of());
    }
}
