package io.allo.pbx.call;

import io.allo.core.timer.Clock;
import io.allo.media.port.PortId;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One leg of a call: a phone, a trunk, a half of a Local channel. It carries its inbox: events are added from any thread
 * with {@link #post}, and the call that owns the channel takes them out in {@link Call#await}. Everything else is owned by
 * that call's thread, but for what is said to be readable from any.
 */
public abstract class Channel {

    /** Events that may wait in one inbox; when more come the channel is hung up. */
    public static final int INBOX_LIMIT = 2_000;

    /** Servers that a call may pass from here, unless it came with fewer. RFC 3261 8.1.1.6. */
    public static final int FIRST_HOPS = 70;

    /** Subroutine levels one channel may be in (Gosub). */
    public static final int GOSUB_LIMIT = 100;

    private volatile boolean endToEnd;
    private final String name;
    private final String uniqueId;
    private final CallLog log;
    private final Clock clock;
    private final long createdMillis;
    private final ConcurrentLinkedQueue<ChannelEvent> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Variables variables = new Variables();
    private final Deque<GosubFrame> gosubStack = new ArrayDeque<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private volatile boolean overflowed;
    private volatile @Nullable Call owner;
    private volatile ChannelState state = ChannelState.DOWN;
    private volatile PartyId callerId = PartyId.UNKNOWN;
    private volatile PartyId connectedLine = PartyId.UNKNOWN;
    private volatile DialplanLocation location;
    private volatile String application = "";
    private volatile long answeredMillis;
    private PartyId redirecting = PartyId.UNKNOWN;
    private String dnid = "";
    private String ani = "";
    private String language = "en";
    private String accountCode = "";
    private volatile @Nullable String payer;
    private String toneZone = "";
    private String musicClass = "";
    private int hopsLeft = FIRST_HOPS;
    private String hangupSource = "";
    private boolean held;
    private boolean bridged;
    private final List<Consumer<Boolean>> whenBridged = new ArrayList<>();
    private volatile Consumer<Boolean> whenTalking = on -> {};
    private HangupCause hangupCause = HangupCause.NORMAL_CLEARING;
    private boolean causeKnown;
    private int hangupStatus;
    private String hangupWhy = "";
    private long absoluteDeadlineNanos = Long.MAX_VALUE;
    private long digitTimeoutMs = 5_000;
    private long responseTimeoutMs = 10_000;

    protected Channel(String name, String uniqueId, CallLog log, Clock clock, DialplanLocation start) {
        this.name = name;
        this.uniqueId = uniqueId;
        this.log = log;
        this.clock = clock;
        this.createdMillis = clock.epochMillis();
        this.location = start;
    }

    // ---- the technology's part

    /** "PJSIP", "Local", ... */
    public abstract String technology();

    /** The endpoint's name, or what stands for it. */
    public abstract String endpoint();

    /** What CHANNEL(item) gives for a technology's own items (e.g. "pjsip,call-id"), null if there is no such item. */
    public abstract @Nullable String technicalItem(String item);

    /** Begins to call the far side; once, for a channel that was made to call out. Its events follow. */
    public abstract void dial();

    /** Tells the far side that its call rings (SIP 180). Nothing if answered. */
    public abstract void ring();

    /** Tells the far side that sound comes before an answer (SIP 183), so that {@link #media} is there. */
    public abstract void progress();

    /** Answers; {@link #state} is UP when it returns. Nothing if answered before. */
    public abstract void answer();

    /** The side's media port, null as long as no sound can be sent or heard. */
    public abstract @Nullable PortId media();

    /** The side's media port as soon as there is one, even if nothing was agreed upon yet: for who listens in. */
    public @Nullable PortId port() {
        return media();
    }

    /** The codecs its sound can have, best first: agreed upon, or before that offered. Empty if it has no say. */
    public List<io.allo.media.sdp.CodecName> codecs() {
        return List.of();
    }

    /** Asks for these codecs first where it is still to be settled, so that sound need not be transcoded. */
    public void preferCodecs(List<io.allo.media.sdp.CodecName> first) {}

    /** What the far side says to whoever it talks with, beyond us (RFC 6189 8.1). Nothing if its technology has no such thing. */
    public io.allo.media.sdp.PassedOn passedOn() {
        return io.allo.media.sdp.PassedOn.NOTHING;
    }

    /** Tells the far side, where its sound is still to be settled, what the one it is to talk with says to it. */
    public void passOn(io.allo.media.sdp.PassedOn fromOther) {}

    /** Whether the two phones have encrypted between themselves, so that nobody here could listen since. Any thread. */
    public final boolean isEndToEnd() {
        return endToEnd;
    }

    /** Notes that they have. */
    protected final void soundIsEndToEnd() {
        endToEnd = true;
    }

    /** Tells the far side that it was put on hold or taken back, if its technology can and it is to know. */
    public abstract void indicateHold(boolean onHold);

    /** Tells the far side who it is talking to now. */
    public abstract void updateConnectedLine(PartyId party);

    /** Sends digits to the far side; {@link ChannelEvent.DigitsSent} follows. */
    public abstract void sendDigits(String digits, int durationMs, int gapMs);

    /** Ends the far side and gives everything back; called once, from {@link #hangUp} or when the far side has ended. */
    protected abstract void release(HangupCause cause, boolean farSideEnded);

    /** Whether everything was given back (the media port above all), so that nothing more comes from this channel. */
    public abstract boolean isReleased();

    /** Turns a technology's own event into what the script sees; null if the script need not know. On the call's thread. */
    protected abstract @Nullable ChannelEvent absorb(ChannelEvent event);

    // ---- the inbox

    /** Adds an event and wakes the call that owns the channel. Any thread. */
    public final void post(ChannelEvent event) {
        if (waiting.incrementAndGet() > INBOX_LIMIT) {
            waiting.decrementAndGet();
            overflowed = true;
        } else {
            inbox.add(event);
        }
        var call = owner;
        if (call != null) {
            call.wake();
        }
    }

    /** The next event, null if there is none. Owner only. */
    final @Nullable ChannelEvent poll() {
        if (overflowed) {
            overflowed = false;
            return new ChannelEvent.HangupRequested(HangupCause.SWITCH_CONGESTION, "too many events for one channel");
        }
        var event = inbox.poll();
        if (event != null) {
            waiting.decrementAndGet();
        }
        return event;
    }

    /** The call that owns the channel now. Any thread. */
    public final @Nullable Call owner() {
        return owner;
    }

    final void owner(@Nullable Call call) {
        owner = call;
    }

    // ---- the end

    /** Hangs up for this cause; nothing if it is over. */
    public final void hangUp(HangupCause cause) {
        hangUp(cause, cause.english());
    }

    /** Hangs up for this cause, with the reason in words for the log. */
    public final void hangUp(HangupCause cause, String why) {
        if (isHungUp()) {
            return;
        }
        markHungUp(cause, 0, why);
        release(cause, false);
        runAtEnd();
    }

    /** The far side has ended. */
    final void farSideEnded(ChannelEvent.HungUp event) {
        if (isHungUp()) {
            return;
        }
        markHungUp(event.cause(), event.protocolStatus(), event.why());
        if (hangupSource.isEmpty()) {
            hangupSource = name;
        }
        release(event.cause(), true);
        runAtEnd();
    }

    /** Has something done when the channel is over, on its owner's thread; what is done must not throw. Owner only. */
    public final void atEnd(Runnable action) {
        atEnd.add(action);
    }

    private void runAtEnd() {
        for (var action : List.copyOf(atEnd)) {
            action.run();
        }
        atEnd.clear();
    }

    private void markHungUp(HangupCause cause, int status, String why) {
        hangupCause = cause;
        hangupStatus = status;
        hangupWhy = why;
        state = ChannelState.HUNG_UP;
        log.add(new CallEvent.HungUp(clock.epochMillis(), log.linkedId(), uniqueId, name, cause.code(), why, status));
    }

    /** Whether it is over. Any thread. */
    public final boolean isHungUp() {
        return state == ChannelState.HUNG_UP;
    }

    /** Why it ended (HANGUPCAUSE), or before that how its last call out ended; NORMAL_CLEARING if nothing is known. */
    public final HangupCause hangupCause() {
        return hangupCause;
    }

    /** Notes how a call out for this channel ended: HANGUPCAUSE until it is over itself. */
    public final void noteCause(HangupCause ofCallOut) {
        if (!isHungUp()) {
            hangupCause = ofCallOut;
            causeKnown = true;
        }
    }

    /** HANGUPCAUSE as the dialplan sees it: a Q.850 number, 0 if nothing is known. */
    public final int hangupCode() {
        return isHungUp() || causeKnown ? hangupCause.code() : 0;
    }

    /** The SIP status that ended it, 0 if none. */
    public final int hangupStatus() {
        return hangupStatus;
    }

    /** Why it ended, in words. */
    public final String hangupWhy() {
        return hangupWhy;
    }

    // ---- what it is

    /** E.g. "PJSIP/alice-00000001". Any thread. */
    public final String name() {
        return name;
    }

    /** E.g. "1763720000.17" (UNIQUEID). Any thread. */
    public final String uniqueId() {
        return uniqueId;
    }

    /** The facts of the call it belongs to. Any thread. */
    public final CallLog log() {
        return log;
    }

    protected final Clock clock() {
        return clock;
    }

    /** When it was made, milliseconds since 1970. Any thread. */
    public final long createdMillis() {
        return createdMillis;
    }

    /** When it was answered, milliseconds since 1970; 0 if it was not. Any thread. */
    public final long answeredMillis() {
        return answeredMillis;
    }

    /** Any thread. */
    public final ChannelState state() {
        return state;
    }

    /** Moves on; HUNG_UP is reached by hanging up alone. */
    public final void state(ChannelState newState) {
        if (state == newState || isHungUp() || newState == ChannelState.HUNG_UP) {
            return;
        }
        state = newState;
        if (newState == ChannelState.UP) {
            answeredMillis = clock.epochMillis();
        }
        log.add(new CallEvent.StateChanged(clock.epochMillis(), log.linkedId(), uniqueId, newState.name()));
    }

    /** Whether it was answered and is not over. Any thread. */
    public final boolean isUp() {
        return state == ChannelState.UP;
    }

    /** The variables of the channel, as Set() writes and ${} reads them. Owner only. */
    public final Variables variables() {
        return variables;
    }

    /** The subroutines it is in, innermost first. */
    public final Deque<GosubFrame> gosubStack() {
        return gosubStack;
    }

    /** Who calls (CALLERID). Any thread may read. */
    public final PartyId callerId() {
        return callerId;
    }

    /** Set(CALLERID(...)): names the caller anew. Owner only. */
    public final void callerId(PartyId party) {
        callerId = party;
    }

    /** Who is at the other end (CONNECTEDLINE). Any thread may read. */
    public final PartyId connectedLine() {
        return connectedLine;
    }

    /** Names the party at the other end anew; whether it is told is the technology's. Owner only. */
    public final void connectedLine(PartyId party) {
        connectedLine = party;
    }

    /** Who sent the call here (REDIRECTING, CALLERID(rdnis)). */
    public final PartyId redirecting() {
        return redirecting;
    }

    /** Names who sent the call on. Owner only. */
    public final void redirecting(PartyId party) {
        redirecting = party;
    }

    /** The number dialed (CALLERID(dnid)). */
    public final String dnid() {
        return dnid;
    }

    /** Set(CALLERID(dnid)=...). Owner only. */
    public final void dnid(String number) {
        dnid = number;
    }

    /** The number that pays (CALLERID(ani)). */
    public final String ani() {
        return ani;
    }

    /** Set(CALLERID(ani)=...). Owner only. */
    public final void ani(String number) {
        ani = number;
    }

    /** Of its prompts, e.g. "fr" (CHANNEL(language)). */
    public final String language() {
        return language;
    }

    /** Set(CHANNEL(language)=...), an Asterisk language tag. Owner only. */
    public final void language(String tag) {
        language = tag;
    }

    /** CHANNEL(accountcode), CDR(accountcode). */
    public final String accountCode() {
        return accountCode;
    }

    /** Set(CHANNEL(accountcode)=...); stands in the CDR. Owner only. */
    public final void accountCode(String code) {
        accountCode = code;
    }

    /** The endpoint that calls made for this channel count for: its own, or who transferred or forwarded it. Any thread may read. */
    public final String payer() {
        var set = payer;
        return set == null ? endpoint() : set;
    }

    /** From now on calls made for this channel count for that endpoint. Owner only. */
    public final void payer(String endpoint) {
        payer = endpoint;
    }

    /** The country of its tones (CHANNEL(tonezone)), "" for the system's. */
    public final String toneZone() {
        return toneZone;
    }

    /** Set(CHANNEL(tonezone)=...). Owner only. */
    public final void toneZone(String zone) {
        toneZone = zone;
    }

    /** The music of those that it puts on hold (CHANNEL(musicclass)), "" for the default. */
    public final String musicClass() {
        return musicClass;
    }

    public final void musicClass(String name) {
        musicClass = name;
    }

    /** How many servers the call may still pass: what it calls has one less, so that a loop through other servers ends. RFC 3261 16.3. */
    public final int hopsLeft() {
        return hopsLeft;
    }

    public final void hopsLeft(int servers) {
        hopsLeft = servers;
    }

    /** The music that its endpoint wants those to hear whom it puts on hold, "" for none. */
    public String suggestedMusic() {
        return "";
    }

    /** Who ended it (CHANNEL(hangupsource)): a channel's name, "" if nobody has or the dialplan did. */
    public final String hangupSource() {
        return hangupSource;
    }

    public final void hangupSource(String channelName) {
        hangupSource = channelName;
    }

    /** Whether it hears others: in a bridge, a conference. Owner only. */
    public final boolean isBridged() {
        return bridged;
    }

    /** It hears others from now on, or no longer. Owner only; for who joins channels. */
    public final void bridged(boolean on) {
        if (bridged != on) {
            bridged = on;
            whenBridged.forEach(listener -> listener.accept(on));
        }
    }

    /** Has somebody told, on the owner's thread, each time it begins or ceases to hear others. Owner only. */
    public final void whenBridged(Consumer<Boolean> listener) {
        whenBridged.add(listener);
    }

    /** Has somebody told when it begins or ceases to talk in a room; one at a time. Told on the owner's thread. */
    public final void whenTalking(Consumer<Boolean> listener) {
        whenTalking = listener;
    }

    final void talking(boolean on) {
        whenTalking.accept(on);
    }

    /** Whether the far side has put us on hold. */
    public final boolean isHeld() {
        return held;
    }

    final void held(boolean onHold) {
        if (held == onHold) {
            return;
        }
        held = onHold;
        log.add(
                onHold
                        ? new CallEvent.Held(clock.epochMillis(), log.linkedId(), uniqueId)
                        : new CallEvent.Resumed(clock.epochMillis(), log.linkedId(), uniqueId));
    }

    // ---- where it is in the dialplan

    /** The priority that runs next or now. Any thread may read. */
    public final DialplanLocation location() {
        return location;
    }

    /** The runner says where it is now. Owner only. */
    public final void location(DialplanLocation place) {
        location = place;
    }

    /** What runs now, e.g. "Dial(PJSIP/bob,20)"; "" before the dialplan. Any thread may read. */
    public final String application() {
        return application;
    }

    /** The runner says what it runs now. Owner only. */
    public final void application(String nameAndData) {
        application = nameAndData;
    }

    /** TIMEOUT(absolute): when the call is sent to {@code T}, on the clock's nanoseconds; Long.MAX_VALUE for never. */
    public final long absoluteDeadlineNanos() {
        return absoluteDeadlineNanos;
    }

    /** Set(TIMEOUT(absolute)=...), as a point on the clock. Owner only. */
    public final void absoluteDeadlineNanos(long deadline) {
        absoluteDeadlineNanos = deadline;
    }

    /** TIMEOUT(digit), milliseconds between digits. */
    public final long digitTimeoutMs() {
        return digitTimeoutMs;
    }

    /** Set(TIMEOUT(digit)=...). Owner only. */
    public final void digitTimeoutMs(long ms) {
        digitTimeoutMs = ms;
    }

    /** TIMEOUT(response), milliseconds until the first digit. */
    public final long responseTimeoutMs() {
        return responseTimeoutMs;
    }

    /** Set(TIMEOUT(response)=...). Owner only. */
    public final void responseTimeoutMs(long ms) {
        responseTimeoutMs = ms;
    }

    @Override
    public final String toString() {
        return name;
    }
}
