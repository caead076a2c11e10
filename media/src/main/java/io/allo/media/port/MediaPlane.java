package io.allo.media.port;

import io.allo.media.mix.MixSettings;
import java.util.function.Consumer;

/**
 * The one door to what is heard, as a seam: sockets and media loops in production, virtual time in a simulation. Any
 * thread; nothing here blocks. Commands for one port take effect in the order in which they were posted.
 */
public interface MediaPlane {

    /**
     * Opens a side that speaks RTP: reserves a pair of UDP ports. The listener is called from the media loop: it only
     * posts.
     *
     * @throws MediaUnavailableException if no port is free or the address can't be bound
     */
    OpenedPort open(PortRequest request, Consumer<MediaEvent> listener);

    /** Opens two sides joined back to back without a network, for the two halves of a Local channel. */
    PortPair openPair(Consumer<MediaEvent> first, Consumer<MediaEvent> second);

    /**
     * Opens a room in which ports hear one another ({@link MediaCommand.Mix}); it has no network. It is to be closed as any port;
     * {@link MediaEvent.PlaybackEnded} and {@link MediaEvent.Closed} are told.
     */
    PortId openMix(MixSettings settings, Consumer<MediaEvent> listener);

    /** Asks for something to be done; a command for a port that is closed is dropped. */
    void post(MediaCommand command);

    /** Where a port listens: the address it is bound to (text) and its UDP ports. */
    record OpenedPort(PortId id, String address, int rtpPort, int rtcpPort) {}

    /** What is asked of a new port: the address to bind ("" for any). */
    record PortRequest(String bindAddress) {}

    /** The two sides of a pair: what is sent to one comes in at the other. */
    record PortPair(PortId first, PortId second) {}
}
