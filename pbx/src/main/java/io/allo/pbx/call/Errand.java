package io.allo.pbx.call;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Something that takes its time, done by a helper while the call waits in {@link Call#await}, so that a hangup is noticed at
 * once. Made by the call; its result comes through the channel's inbox. Keys pressed meanwhile are lost.
 */
public final class Errand {

    /** It is done. */
    private record Done(Errand errand, Object result) implements ChannelEvent {}

    private Errand() {}

    /**
     * Has it done and waits.
     *
     * @param limitMs how long to wait; what comes later is dropped
     * @param work does not throw: what can go wrong is part of its result
     * @return empty when the time was over before
     */
    public static <T> Optional<T> run(
            Call call, Executor helpers, long limitMs, Class<T> type, Supplier<? extends T> work) {
        var errand = new Errand();
        var channel = call.channel();
        helpers.execute(() -> channel.post(new Done(errand, work.get())));
        var deadline = call.inMillis(limitMs);
        while (true) {
            var received = call.await(deadline);
            if (received == null) {
                return Optional.empty();
            }
            if (received.event() instanceof Done done && done.errand() == errand) {
                return Optional.of(type.cast(done.result()));
            }
        }
    }
}
