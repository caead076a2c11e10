package io.allo.pbx.fraud;

import io.allo.core.timer.Clock;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.ring.DialException;
import io.allo.pbx.call.ring.PublicCall;
import io.allo.pbx.call.ring.PublicCalls;
import io.allo.pbx.conf.Text;
import io.allo.pbx.event.CallEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call to the public network out, or not, and counts it. Asked by technologies on calls' threads; told by the event bus;
 * what it keeps are boards, so any thread. The configuration is one reference that a reload replaces.
 */
public final class FraudGuard implements PublicCalls, Consumer<CallEvent> {

    /** The channel variable that says which rule refused the last call out; empty if none did. */
    public static final String REFUSED = "ALLO_REFUSED";

    /** What it goes by. Immutable. */
    public record Rules(FraudSettings settings, HomeCountry home, Trunks trunks, NumberPlan plan) {
        /** Of one configuration. */
        public static Rules of(FraudSettings settings, HomeCountry home, Trunks trunks) {
            return new Rules(settings, home, trunks, new NumberPlan(home.code(), settings.emergency()));
        }
    }

    private final Supplier<Rules> rules;
    private final Calls calls;
    private final Clock clock;
    private final ZoneId zone;
    private final FraudRecord kept;
    private final Spending spending;
    private final OneRingCalls oneRings = new OneRingCalls();
    private final LongAdder allowed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder emergencies = new LongAdder();
    private final LongAdder trapsSeen = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final Map<String, String> callers = new ConcurrentHashMap<>();
    private volatile ObjLongConsumer<Channel> warning = (caller, seconds) -> {};

    /**
     * @param rules asked anew for each call
     * @param calls where those who exceed their minutes by far are hung up
     * @param kept where counters outlive the program
     */
    public FraudGuard(Supplier<Rules> rules, Calls calls, Clock clock, ZoneId zone, FraudRecord kept) {
        this.rules = rules;
        this.calls = calls;
        this.clock = clock;
        this.zone = zone;
        this.kept = kept;
        this.spending = new Spending(zone, kept::keep);
    }

    /** Goes on where the last run ended. */
    public void restore(Collection<Tally> tallies, Collection<FraudRecord.OneRing> traps) {
        spending.restore(tallies, clock.epochMillis());
        traps.forEach(trap -> oneRings.put(new OneRingCalls.Trap(trap.number(), trap.region(), trap.atMillis(), "")));
    }

    /** Has the caller told of a call that is about to be ended, with the seconds that are left; on the thread that ticks. */
    public void warnBy(ObjLongConsumer<Channel> told) {
        warning = told;
    }

    @Override
    public void begin(PublicCall call) {
        var now = rules.get();
        var payer = payer(now.trunks(), call);
        if (payer == null) {
            return;
        }
        var callClass = now.settings().classOf(payer, now.trunks().isTrunk(payer));
        var verdict = judge(now, callClass, call.endpoint(), call.number());
        if (verdict.allowed() && !verdict.rule().equals("emergency")) {
            var key = call.caller().log().linkedId() + " " + call.number();
            var reached = spending.begin(call.channelId(), payer, key, callClass.ceilings(), clock.epochMillis());
            if (reached != null) {
                verdict = FraudRules.ceiling(reached, callClass, verdict.number());
            } else {
                callers.put(call.channelId(), call.caller().uniqueId());
            }
        }
        tell(call, payer, verdict);
    }

    /** For whom it counts; null if it does not leave the house. */
    private static @Nullable String payer(Trunks trunks, PublicCall call) {
        if (trunks.isOurs(call.endpoint())) {
            return null;
        }
        var isTrunk = trunks.isTrunk(call.endpoint());
        return switch (call.named()) {
            case NUMBER -> call.payer();
            case ADDRESS -> call.payer();
            case CONTACT_ADDRESS -> isTrunk || trunks.isTrunkPlace(call.place()) ? call.payer() : null;
            // a phone registered at a trunk's address has forwarded itself there
            case CONTACT -> !isTrunk && trunks.isTrunkPlace(call.place()) ? call.endpoint() : null;
        };
    }

    private Verdict judge(Rules now, CallClass callClass, String trunk, String dialed) {
        var number = now.plan().read(dialed, now.trunks().format(trunk));
        var isBrief = dialed.matches("[0-9]{1," + NumberPlan.PRIVATE_MAX_DIGITS + "}");
        if (isBrief && number.kind() != NumberKind.EMERGENCY && now.trunks().hasExtensions(trunk)) {
            number = new DialedNumber(dialed, "", "", NumberKind.PRIVATE);
        }
        return new FraudRules(now.settings(), now.home().code()).judge(callClass, number, now());
    }

    private ZonedDateTime now() {
        return Instant.ofEpochMilli(clock.epochMillis()).atZone(zone);
    }

    private void tell(PublicCall call, String payer, Verdict verdict) {
        var log = call.caller().log();
        var number = verdict.number();
        log.add(new CallEvent.PublicCallJudged(
                clock.epochMillis(),
                log.linkedId(),
                call.caller().uniqueId(),
                payer,
                call.endpoint(),
                number.shown(),
                number.region(),
                number.kind().name(),
                verdict.rule(),
                verdict.allowed()));
        count(verdict);
        call.caller().variables().set(REFUSED, verdict.allowed() ? "" : verdict.rule());
        var trap = trap(number);
        if (!verdict.allowed()) {
            var why = new Text(
                    payer + " may not call " + number.shown() + ": "
                            + verdict.why().en() + (trap == null ? "" : ". " + trap.en()),
                    payer + " ne peut pas appeler " + number.shown() + " : "
                            + verdict.why().fr() + (trap == null ? "" : ". " + trap.fr()));
            throw DialException.forbidden("fraud-" + verdict.rule(), why.en(), why.fr());
        }
        if (trap != null) {
            log.add(new CallEvent.Problem(
                    clock.epochMillis(),
                    log.linkedId(),
                    call.caller().uniqueId(),
                    "one-ring-callback",
                    payer + " calls " + number.shown() + ": " + trap.en(),
                    payer + " appelle " + number.shown() + " : " + trap.fr()));
        }
    }

    private void count(Verdict verdict) {
        if (!verdict.allowed()) {
            refused.increment();
        } else if (verdict.rule().equals("emergency")) {
            emergencies.increment();
        } else {
            allowed.increment();
        }
    }

    private @Nullable Text trap(DialedNumber number) {
        return oneRings.of(number.shown(), clock.epochMillis())
                .map(trap -> new Text(
                        "it rang once and hung up, perhaps so that somebody calls back and pays",
                        "il a sonné une fois puis raccroché, peut-être pour qu'on le rappelle à grands frais"))
                .orElse(null);
    }

    @Override
    public void withdraw(String channelId) {
        spending.withdraw(channelId);
        callers.remove(channelId);
    }

    // ---- what happens

    @Override
    public void accept(CallEvent event) {
        switch (event) {
            case CallEvent.ChannelCreated created when created.incoming() -> came(created);
            case CallEvent.StateChanged changed
            when changed.state().equals("UP") -> spending.answered(changed.channel(), changed.atMillis());
            case CallEvent.HungUp hungUp -> {
                spending.ended(hungUp.channel(), hungUp.atMillis());
                callers.remove(hungUp.channel());
            }
            default -> {}
        }
        var limitMillis = rules.get().settings().oneRingSeconds() * 1000L;
        var trap = oneRings.happened(event, limitMillis);
        if (trap != null) {
            trapsSeen.increment();
            kept.keep(new FraudRecord.OneRing(trap.number(), trap.region(), trap.atMillis()));
        }
    }

    private void came(CallEvent.ChannelCreated created) {
        var now = rules.get();
        if (now.settings().oneRingSeconds() == 0 || !now.trunks().isTrunk(created.endpoint())) {
            return;
        }
        var number = now.plan().read(created.callerNumber(), now.trunks().format(created.endpoint()));
        var isAbroad =
                !number.region().isEmpty() && !number.region().equals(now.home().code())
                        || number.kind() == NumberKind.PREMIUM;
        if (isAbroad) {
            oneRings.came(created.channel(), number, created.atMillis());
        }
    }

    /** The note for the history of a call that rang once and gave up; empty for any other. */
    public Optional<String> note(String channel) {
        return oneRings.ofChannel(channel).map(trap -> "one-ring " + trap.region());
    }

    /** Counts the time that goes by; every {@link #TICK_SECONDS}. Calls far beyond their user's minutes are ended. */
    public void tick() {
        var settings = rules.get().settings();
        for (var over : spending.tick(clock.epochMillis(), settings.cutAt(), settings.cutWarningSeconds())) {
            var channel = calls.channel(over.channelId());
            if (channel == null) {
                continue;
            }
            if (over.finding() == Spending.Finding.ENDS_SOON) {
                warn(channel, over);
                continue;
            }
            var log = channel.log();
            log.add(new CallEvent.Problem(
                    clock.epochMillis(),
                    log.linkedId(),
                    channel.uniqueId(),
                    over.cut() ? "fraud-cut" : "fraud-minutes",
                    over.payer() + " has talked " + over.minutes() + " minutes today, the ceiling is " + over.ceiling()
                            + (over.cut() ? ": the call is ended" : ": no new calls, this one goes on"),
                    over.payer() + " a parlé " + over.minutes() + " minutes aujourd'hui, le plafond est "
                            + over.ceiling()
                            + (over.cut() ? " : l'appel est terminé" : " : plus de nouvel appel, celui-ci continue")));
            if (over.cut()) {
                cut.increment();
                channel.post(new ChannelEvent.HangupRequested(
                        HangupCause.CALL_REJECTED, "the day's minutes are exceeded by far"));
            }
        }
    }

    private void warn(Channel channel, Spending.Over over) {
        var log = channel.log();
        log.add(new CallEvent.Problem(
                clock.epochMillis(),
                log.linkedId(),
                channel.uniqueId(),
                "fraud-warning",
                over.payer() + " has talked " + over.minutes() + " minutes today, the ceiling is " + over.ceiling()
                        + ": the caller is told that the call ends in " + over.leftSeconds() + " s",
                over.payer() + " a parlé " + over.minutes() + " minutes aujourd'hui, le plafond est " + over.ceiling()
                        + " : l'appelant est prévenu que l'appel se termine dans " + over.leftSeconds() + " s"));
        var caller = caller(channel, over.payer());
        if (caller != null) {
            warning.accept(caller, over.leftSeconds());
        }
    }

    /** Who is to hear it: who called, or where that went through Local channels the phone of the user who pays. */
    private @Nullable Channel caller(Channel channel, String payer) {
        var caller = calls.channel(callers.getOrDefault(channel.uniqueId(), ""));
        if (caller != null && !caller.name().startsWith("Local/")) {
            return caller;
        }
        var phone = "PJSIP/" + payer + "-";
        return calls.channels().stream()
                .filter(each -> each != channel
                        && each.name().startsWith(phone)
                        && each.log().linkedId().equals(channel.log().linkedId()))
                .findFirst()
                .orElse(caller);
    }

    /** How often {@link #tick} is to be called. */
    public static final int TICK_SECONDS = Spending.AHEAD_SECONDS;

    // ---- what people ask

    /** Today's tallies. */
    public List<Tally> today() {
        return spending.today(clock.epochMillis());
    }

    /** Calls of a user that are in progress. */
    public long simultaneous(String payer) {
        return spending.simultaneous(payer);
    }

    /** Totals since the start. Immutable. */
    public record Totals(long allowed, long refused, long emergencies, long oneRingCalls, long cut) {}

    /** How many calls were let out, refused, emergency calls, traps, ended for their length. */
    public Totals totals() {
        return new Totals(allowed.sum(), refused.sum(), emergencies.sum(), trapsSeen.sum(), cut.sum());
    }

    /** The class and ceilings of a user. */
    public CallClass classOf(String payer) {
        var now = rules.get();
        return now.settings().classOf(payer, now.trunks().isTrunk(payer));
    }

    /** What it goes by now. */
    public Rules rules() {
        return rules.get();
    }

    /** Which rule would decide if this user called this number now, through this trunk ("" for any). Nothing is counted. */
    public Verdict explain(String payer, String dialed, String trunk) {
        var now = rules.get();
        var callClass = classOf(payer);
        var verdict = judge(now, callClass, trunk, dialed);
        if (!verdict.allowed() || verdict.rule().equals("emergency")) {
            return verdict;
        }
        var reached = spending.asked(payer, callClass.ceilings(), clock.epochMillis());
        return reached == null ? verdict : FraudRules.ceiling(reached, callClass, verdict.number());
    }
}
