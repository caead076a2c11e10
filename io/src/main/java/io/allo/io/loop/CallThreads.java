package io.allo.io.loop;

/** The seam through which calls get their threads: virtual threads in production, turns of one thread in a simulation. */
public interface CallThreads {

    /** A parker for a call that is about to be started. */
    Parker newParker();

    /** Runs {@code script} on a thread of its own, which waits through {@code parker} and nowhere else. */
    void start(String name, Parker parker, Runnable script);
}
