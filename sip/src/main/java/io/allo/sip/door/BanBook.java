package io.allo.sip.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bans, and those of the last week that are over, for the next one of the same subject lasts twice as long. At most {@link #LIMIT}; the
 * oldest makes room. Times are milliseconds since 1970. Owned by the door.
 */
final class BanBook {
    /** Bans at a time. */
    static final int LIMIT = 50_000;

    /** How long a ban that is over is remembered. */
    static final long MEMORY_MS = TimeUnit.DAYS.toMillis(7);

    private final Map<BanSubject, Ban> bans = new LinkedHashMap<>();
    private int userBans;

    /** Shuts the subject out from {@code nowMs} on: the first time for {@code firstMs}, then twice as long, at most {@code maxMs}. */
    Ban add(BanSubject subject, Ban.Reason reason, String detail, int attempts, long firstMs, long maxMs, long nowMs) {
        Ban before = bans.get(subject);
        int times = before != null && nowMs < before.untilMs() + MEMORY_MS ? before.times() + 1 : 1;
        long lastsMs = Math.min(maxMs, firstMs << Math.min(times - 1, MOST_DOUBLINGS));
        var ban = new Ban(subject, reason, detail, nowMs, nowMs + lastsMs, attempts, times);
        put(ban);
        return ban;
    }

    /** A ban as it was kept over a restart. */
    void put(Ban ban) {
        remove(ban.subject());
        if (bans.size() >= LIMIT) {
            remove(bans.keySet().iterator().next());
        }
        bans.put(ban.subject(), ban);
        userBans += ban.subject().user().isEmpty() ? 0 : 1;
    }

    /** Forgets it; gives what was there. */
    @Nullable
    Ban remove(BanSubject subject) {
        Ban gone = bans.remove(subject);
        userBans -= gone == null || subject.user().isEmpty() ? 0 : 1;
        return gone;
    }

    /** The ban that holds now. */
    @Nullable
    Ban find(BanSubject subject, long nowMs) {
        Ban ban = bans.get(subject);
        return ban != null && ban.holds(nowMs) ? ban : null;
    }

    boolean isEmpty() {
        return bans.isEmpty();
    }

    /** Whether any user was ever banned, as opposed to addresses. */
    boolean hasUsers() {
        return userBans > 0;
    }

    int size() {
        return bans.size();
    }

    /** Those that hold, the oldest first. */
    List<Ban> holding(long nowMs) {
        var holding = new ArrayList<Ban>();
        for (Ban ban : bans.values()) {
            if (ban.holds(nowMs)) {
                holding.add(ban);
            }
        }
        return holding;
    }

    private static final int MOST_DOUBLINGS = 20;
}
