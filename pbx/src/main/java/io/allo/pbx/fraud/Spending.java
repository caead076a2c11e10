package io.allo.pbx.fraud;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much each user calls the public network today, and what is going on. A board: any thread. A day begins at local midnight;
 * a call over midnight counts on both. What it keeps is told outside its lock, with {@link #AHEAD_SECONDS} more for each call in
 * progress: whoever is killed comes back with no new allowance.
 */
final class Spending {

    /** How often {@link #tick} is to be called, and what a kept tally is ahead of the truth for each call in progress. */
    static final int AHEAD_SECONDS = 5;

    /** Calls followed at one time; more are refused. */
    static final int LIVE_LIMIT = 100_000;

    /** Calls of a user that are remembered so that a second trunk tried for one does not count again. */
    private static final int REMEMBERED = 1_000;

    /** A call in progress. */
    private static final class Live {
        final String payer;
        final String call;
        final Ceilings ceilings;
        long countedToMillis;
        boolean told;
        boolean warned;
        boolean cut;

        Live(String payer, String call, Ceilings ceilings) {
            this.payer = payer;
            this.call = call;
            this.ceilings = ceilings;
        }
    }

    private static final class Used {
        long calls;
        long millis;
        final LinkedHashSet<String> counted = new LinkedHashSet<>();

        /** True the first time. Another trunk tried for the same call comes soon: old ones need not be remembered. */
        boolean count(String call) {
            if (!counted.add(call)) {
                return false;
            }
            if (counted.size() > REMEMBERED) {
                counted.removeFirst();
            }
            return true;
        }
    }

    /** What a tick finds of a call. */
    enum Finding {
        /** Its user's minutes are reached. */
        REACHED,
        /** It is about to be ended. */
        ENDS_SOON,
        /** It is to be ended: the minutes are far exceeded. */
        CUT
    }

    /** What a tick found, once of each call; {@code leftSeconds} until it is ended. */
    record Over(String channelId, String payer, long minutes, int ceiling, Finding finding, long leftSeconds) {
        boolean cut() {
            return finding == Finding.CUT;
        }
    }

    private final ZoneId zone;
    private final Consumer<Tally> keep;
    private final Map<String, Live> live = new LinkedHashMap<>();
    private final Map<String, Used> users = new HashMap<>();
    private String day = "";

    /** @param keep writes a tally down; called by whoever changed it, and must not wait */
    Spending(ZoneId zone, Consumer<Tally> keep) {
        this.zone = zone;
        this.keep = keep;
    }

    /** Goes on where the last run ended. */
    synchronized void restore(Collection<Tally> kept, long nowMillis) {
        turn(nowMillis);
        for (var tally : kept) {
            if (tally.day().equals(day)) {
                var used = used(tally.payer());
                used.calls = Math.max(used.calls, tally.calls());
                used.millis = Math.max(used.millis, tally.seconds() * 1000);
            }
        }
    }

    /** Counts a call in if its user may; else the name of the ceiling that forbids it. Several channels of one call count once. */
    @Nullable
    String begin(String channelId, String payer, String call, Ceilings ceilings, long nowMillis) {
        Tally tally;
        synchronized (this) {
            turn(nowMillis);
            countTo(nowMillis);
            var reached = reached(payer, call, ceilings);
            if (reached != null) {
                return reached;
            }
            live.put(channelId, new Live(payer, call, ceilings));
            var used = used(payer);
            if (used.count(call)) {
                used.calls++;
            }
            tally = tally(payer);
        }
        keep.accept(tally);
        return null;
    }

    /** Which ceiling forbids one more call, null for none. */
    @Nullable
    synchronized String asked(String payer, Ceilings ceilings, long nowMillis) {
        turn(nowMillis);
        countTo(nowMillis);
        return reached(payer, "", ceilings);
    }

    private @Nullable String reached(String payer, String call, Ceilings ceilings) {
        var used = users.getOrDefault(payer, new Used());
        if (live.size() >= LIVE_LIMIT) {
            return "simultaneous";
        }
        var others = live.values().stream()
                .filter(each -> each.payer.equals(payer) && !each.call.equals(call))
                .map(each -> each.call)
                .distinct()
                .count();
        if (ceilings.simultaneous() > 0 && others >= ceilings.simultaneous()) {
            return "simultaneous";
        }
        if (ceilings.calls() > 0 && used.calls >= ceilings.calls() && !used.counted.contains(call)) {
            return "calls";
        }
        return ceilings.minutes() > 0 && used.millis >= ceilings.minutes() * 60_000L ? "minutes" : null;
    }

    /** From now on it costs. */
    void answered(String channelId, long nowMillis) {
        change(channelId, nowMillis, false);
    }

    /** It is over. */
    void ended(String channelId, long nowMillis) {
        change(channelId, nowMillis, true);
    }

    private void change(String channelId, long nowMillis, boolean over) {
        Tally tally;
        synchronized (this) {
            var call = live.get(channelId);
            if (call == null) {
                return;
            }
            turn(nowMillis);
            countTo(nowMillis);
            if (over) {
                live.remove(channelId);
            } else if (call.countedToMillis == 0) {
                call.countedToMillis = nowMillis;
            }
            tally = tally(call.payer);
        }
        keep.accept(tally);
    }

    /** The channel could not be made: it never counted. */
    void withdraw(String channelId) {
        Tally tally;
        synchronized (this) {
            var call = live.remove(channelId);
            if (call == null) {
                return;
            }
            var used = used(call.payer);
            if (live.values().stream().noneMatch(each -> each.call.equals(call.call))
                    && used.counted.remove(call.call)) {
                used.calls--;
            }
            tally = tally(call.payer);
        }
        keep.accept(tally);
    }

    /** The same without a warning before a call is ended. */
    List<Over> tick(long nowMillis, int cutAt) {
        return tick(nowMillis, cutAt, 0);
    }

    /**
     * Brings all up to the moment and keeps it; says once of each call that its user's minutes are reached, that it is to be ended within so
     * many seconds (0: not said), and when to end it.
     */
    List<Over> tick(long nowMillis, int cutAt, int warningSeconds) {
        var over = new ArrayList<Over>();
        var changed = new LinkedHashMap<String, Tally>();
        synchronized (this) {
            turn(nowMillis);
            countTo(nowMillis);
            live.forEach((channelId, call) -> {
                if (call.countedToMillis == 0) {
                    return;
                }
                changed.computeIfAbsent(call.payer, this::tally);
                var ceiling = call.ceilings.minutes();
                if (ceiling == 0) {
                    return;
                }
                var finding = finding(call, cutAt, warningSeconds);
                if (finding != null) {
                    var minutes = used(call.payer).millis / 60_000;
                    over.add(new Over(channelId, call.payer, minutes, ceiling, finding, leftSeconds(call, cutAt)));
                }
            });
        }
        changed.values().forEach(keep);
        return over;
    }

    private @Nullable Finding finding(Live call, int cutAt, int warningSeconds) {
        if (cutAt > 0 && leftSeconds(call, cutAt) <= 0) {
            if (call.cut) {
                return null;
            }
            call.cut = true;
            return Finding.CUT;
        }
        if (cutAt > 0 && !call.warned && leftSeconds(call, cutAt) <= warningSeconds) {
            call.warned = true;
            call.told = true;
            return Finding.ENDS_SOON;
        }
        if (!call.told && used(call.payer).millis >= call.ceilings.minutes() * 60_000L) {
            call.told = true;
            return Finding.REACHED;
        }
        return null;
    }

    /** Until the calls of its user are ended, rounded up: who talks in two calls at once gets there in half the time. */
    private long leftSeconds(Live call, int cutAt) {
        var talking = live.values().stream()
                .filter(each -> each.payer.equals(call.payer) && each.countedToMillis > 0)
                .count();
        var leftMillis = call.ceilings.minutes() * 60_000L * cutAt - used(call.payer).millis;
        return Math.ceilDiv(leftMillis, 1000 * Math.max(1, talking));
    }

    /** Today's tallies, by user. */
    synchronized List<Tally> today(long nowMillis) {
        turn(nowMillis);
        countTo(nowMillis);
        return users.entrySet().stream()
                .filter(user -> user.getValue().calls > 0 || user.getValue().millis > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .map(payer -> new Tally(day, payer, used(payer).calls, used(payer).millis / 1000))
                .toList();
    }

    /** How many calls of a user are in progress. */
    synchronized long simultaneous(String payer) {
        return live.values().stream()
                .filter(each -> each.payer.equals(payer))
                .map(each -> each.call)
                .distinct()
                .count();
    }

    /** Adds the time since the last count to those who talk. */
    private void countTo(long nowMillis) {
        for (var call : live.values()) {
            if (call.countedToMillis > 0 && nowMillis > call.countedToMillis) {
                used(call.payer).millis += nowMillis - call.countedToMillis;
                call.countedToMillis = nowMillis;
            }
        }
    }

    /** At midnight everybody begins anew; those who talk have their time until then on the day before. */
    private void turn(long nowMillis) {
        var today = Instant.ofEpochMilli(nowMillis).atZone(zone).toLocalDate().toString();
        if (!today.equals(day)) {
            day = today;
            users.clear();
            var midnight = Instant.ofEpochMilli(nowMillis)
                    .atZone(zone)
                    .toLocalDate()
                    .atStartOfDay(zone)
                    .toInstant()
                    .toEpochMilli();
            for (var call : live.values()) {
                if (call.countedToMillis > 0) {
                    call.countedToMillis = Math.max(call.countedToMillis, midnight);
                }
            }
        }
    }

    private Used used(String payer) {
        return users.computeIfAbsent(payer, name -> new Used());
    }

    private Tally tally(String payer) {
        var used = used(payer);
        var talking = live.values().stream()
                .filter(each -> each.payer.equals(payer) && each.countedToMillis > 0)
                .count();
        return new Tally(day, payer, used.calls, used.millis / 1000 + talking * AHEAD_SECONDS);
    }
}
