package io.allo.io.sip;

import io.allo.core.timer.Clock;
import io.allo.io.loop.Inbox;
import io.allo.sip.agent.UserAgent;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the {@link UserAgent}. It takes what waits in its inbox, makes one step of the agent, and does what the step
 * asks for, in order: so a message is on the wire only after the state that awaits its answer exists. {@link #post}, {@link #run} and
 * {@link #ask} are for any thread.
 */
public final class SipLoop implements FlowListener {

    private static final Logger LOG = LoggerFactory.getLogger(SipLoop.class);

    /** Messages that may wait; what comes beyond is lost (UDP) or held up (TCP). */
    public static final int INBOX_LIMIT = 20_000;

    /** How long the loop leaves a deadline alone whose step has failed. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Deadlines are kept to this: the shortest timer of RFC 3261 is 500 ms, and to wake for each would cost more than its work. */
    private static final long DEADLINE_GRID_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** One step of the agent. */
    @FunctionalInterface
    public interface Step {
        /**
         * One step of the agent at {@code nowNanos}; what is to be sent and told goes into {@code out}. On the SIP
         * loop; must not block.
         */
        void run(UserAgent agent, long nowNanos, Outbox<UserAgentEvent> out);
    }

    private final Clock clock;
    private final NameLookup names;
    private final Consumer<UserAgentEvent> listener;
    private final Inbox<Step> inbox;
    private final Outbox<UserAgentEvent> out = new Outbox<>();
    private @Nullable SipTransports transports;
    private @Nullable Thread thread;
    private volatile boolean stopped;
    private long deadlinesPausedUntilNanos = Long.MIN_VALUE;

    /**
     * @param listener is told, on the loop's thread, what the agent has to tell; it must neither wait nor throw
     */
    public SipLoop(Clock clock, NameLookup names, Consumer<UserAgentEvent> listener) {
        this.clock = clock;
        this.names = names;
        this.listener = listener;
        this.inbox = new Inbox<>(INBOX_LIMIT, clock);
    }

    /** Starts the thread, then the transports (which were opened with this loop as their listener). Once. */
    public void start(UserAgent agent, SipTransports opened) {
        transports = opened;
        thread = Thread.ofPlatform().name("sip loop").start(() -> loop(agent));
        opened.start();
    }

    /** Tells the agent to do something. */
    public void post(UserAgentCommand command) {
        inbox.add((agent, now, events) -> agent.command(command, now, events));
    }

    /** Makes a step of the agent. */
    public void run(Step step) {
        inbox.add(step);
    }

    /** Asks the agent something that it can answer at once. */
    public <T> CompletableFuture<T> ask(Function<UserAgent, T> question) {
        var answer = new CompletableFuture<T>();
        inbox.add((agent, now, events) -> {
            try {
                answer.complete(question.apply(agent));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Ends the thread after what waits now, and waits for that. Closing the transports is for whoever opened them. */
    public void stop() throws InterruptedException {
        inbox.add((agent, now, events) -> stopped = true);
        var running = thread;
        if (running != null) {
            running.join();
        }
    }

    /** How many steps wait, how many ever did at once, and how many messages were refused for want of room. */
    public Inbox<?> inbox() {
        return inbox;
    }

    // ---- from the transports

    @Override
    public boolean received(Flow flow, SipMessage message) {
        return inbox.offer((agent, now, events) -> agent.receive(flow, message, now, events));
    }

    @Override
    public void excess(Flow flow, SipMessage message) {
        inbox.offer((agent, now, events) -> agent.receiveExcess(flow, message, now, events));
    }

    @Override
    public void malformed(Flow flow, BadMessageException problem) {
        LOG.debug("{} {}: malformed: {}", flow.transport(), flow.remote(), problem.getMessage());
        inbox.offer((agent, now, events) -> agent.receiveMalformed(flow, problem, now, events));
    }

    @Override
    public void opened(long token, Flow flow) {
        inbox.add((agent, now, events) -> agent.flowOpened(token, flow, now, events));
    }

    @Override
    public void failed(long token, String why) {
        inbox.add((agent, now, events) -> agent.flowFailed(token, why, now, events));
    }

    @Override
    public void closed(Flow flow) {
        inbox.add((agent, now, events) -> agent.flowClosed(flow, now, events));
    }

    // ---- the loop's thread

    private void loop(UserAgent agent) {
        while (!stopped) {
            var now = clock.nanoTime();
            var deadline = onGrid(Math.max(agent.deadlineNanos(), deadlinesPausedUntilNanos));
            var due = deadline <= now;
            if (due && !step(agent, (a, at, events) -> a.onDeadline(at, events), now)) {
                deadlinesPausedUntilNanos = now + PAUSE_AFTER_FAILURE_NANOS;
            }
            var next = inbox.poll();
            if (next != null) {
                step(agent, next, now);
            } else if (!due) {
                inbox.await(deadline);
            }
        }
    }

    /** Rounds a deadline up, so that those of many transactions are seen to in one awakening. */
    private static long onGrid(long deadlineNanos) {
        return deadlineNanos > Long.MAX_VALUE - DEADLINE_GRID_NANOS
                ? Long.MAX_VALUE
                : deadlineNanos + Math.floorMod(-deadlineNanos, DEADLINE_GRID_NANOS);
    }

    /** Makes one step and does what it asks for. A fault ends the step, never the loop. Returns whether there was none. */
    private boolean step(UserAgent agent, Step step, long now) {
        var whole = true;
        try {
            step.run(agent, now, out);
        } catch (RuntimeException | StackOverflowError | AssertionError fault) {
            LOG.error("a step of the SIP stack failed", fault);
            whole = false;
        }
        out.drain(this::act);
        return whole;
    }

    private void act(UserAgentEvent event) {
        try {
            perform(event);
        } catch (RuntimeException fault) {
            LOG.error("{} could not be done", event.getClass().getSimpleName(), fault);
        }
    }

    private void perform(UserAgentEvent event) {
        var open = java.util.Objects.requireNonNull(transports);
        switch (event) {
            case UserAgentEvent.Transmit transmit -> open.send(transmit.flow(), SipWriter.toBytes(transmit.message()));
            case UserAgentEvent.OpenFlow wanted ->
                open.open(
                        wanted.token(),
                        wanted.transport(),
                        wanted.remote(),
                        wanted.tlsServerName(),
                        wanted.listenerName());
            case UserAgentEvent.CloseFlow close -> open.close(close.flow());
            case UserAgentEvent.Resolve resolve -> {
                var question = resolve.question();
                names.lookup(
                        question,
                        answer -> inbox.add((agent, now, events) -> agent.resolved(question, answer, now, events)));
            }
            default -> listener.accept(event);
        }
    }
}
