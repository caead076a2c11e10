package io.allo.sim;

/**
 * How the network treats datagrams. Chances are out of one million.
 *
 * @param loss a datagram never arrives
 * @param doubling it arrives twice
 * @param straying it is held back by up to {@code strayMs}, so that others overtake it
 * @param delayMs the least time it takes
 * @param jitterMs the most that is added to it
 * @param strayMs the most by which one is held back
 */
public record LinkQuality(int loss, int doubling, int straying, int delayMs, int jitterMs, int strayMs) {

    /** Whether one of many repetitions arrives for certain, as good as. */
    boolean getsThrough() {
        return loss <= 100_000;
    }

    /** Everything arrives once, after one millisecond. */
    public static final LinkQuality PERFECT = new LinkQuality(0, 0, 0, 1, 0, 0);

    /** A good line: nothing is lost, up to 20 ms. */
    public static final LinkQuality GOOD = new LinkQuality(0, 0, 0, 1, 20, 0);

    /** A bad line: 8 % lost, 5 % doubled, 10 % late by up to 800 ms. */
    public static final LinkQuality BAD = new LinkQuality(80_000, 50_000, 100_000, 5, 60, 800);

    /** Hardly a line: 25 % lost, 10 % doubled, 20 % late by up to 3 s. */
    public static final LinkQuality AWFUL = new LinkQuality(250_000, 100_000, 200_000, 20, 200, 3_000);
}
