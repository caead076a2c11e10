package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.dialplan.DialplanException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes its time, done by a helper while the call waits in {@link Call#await}, so that a hangup is noticed
 * at once. Made by the call; its result comes through the channel's inbox.
 */
final class Errand {

    /** It is done. */
    private record Done(
            Errand errand,
            @Nullable String result,
            @Nullable String problem) implements ChannelEvent {}

    private Errand() {}

    /**
     * Has it done and waits.
     *
     * @param limitMs how long to wait; what comes later is dropped
     * @throws DialplanException as thrown by the work, or when the time is over
     */
    static String run(Call call, Executor helpers, long limitMs, Supplier<String> work) {
        var errand = new Errand();
        var channel = call.channel();
        helpers.execute(() -> channel.post(errand.done(work)));
        var deadline = call.inMillis(limitMs);
        while (true) {
            var received = call.await(deadline);
            if (received == null) {
                throw new DialplanException("took longer than " + limitMs + " ms");
            }
            if (received.event() instanceof Done done && done.errand() == errand) {
                if (done.result() == null) {
                    throw new DialplanException(String.valueOf(done.problem()));
                }
                return done.result();
            }
        }
    }

    private Done done(Supplier<String> work) {
        try {
            return new Done(this, work.get(), null);
        } catch (DialplanException failed) {
            return new Done(this, null, failed.getMessage());
        }
    }
}
