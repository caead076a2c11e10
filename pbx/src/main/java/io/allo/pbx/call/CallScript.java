package io.allo.pbx.call;

/** What a call does, as straight-line code on the call's own thread. The dialplan runner is one. */
@FunctionalInterface
public interface CallScript {

    /** Runs until it is done; {@link CallInterrupted} may leave it from any wait. */
    void run(Call call);
}
