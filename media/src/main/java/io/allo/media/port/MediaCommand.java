package io.allo.media.port;

import io.allo.media.mix.MixLeg;
import io.allo.media.recording.SoundTap;
import io.allo.media.sdp.NegotiatedMedia;

/** What the switch asks of a media port. Immutable; posted from any thread, carried out by the port's media loop. */
public sealed interface MediaCommand {

    /** The port it is for. */
    PortId port();

    /** Gives or changes what was negotiated: after the first answer, and after each re-INVITE. */
    record Configure(PortId port, NegotiatedMedia media, StreamSettings settings) implements MediaCommand {}

    /** Joins two ports: each hears the other. A port joined before leaves its former partner. */
    record Join(PortId port, PortId other) implements MediaCommand {}

    /** Takes a port from its partner; both hear silence. */
    record Leave(PortId port) implements MediaCommand {}

    /**
     * Takes a port into a room, in place of its partner, or changes how it takes part there: it hears all who are in the room but
     * itself. What is played to it takes the room's place meanwhile. {@link Leave}, {@link Join} and {@link Unmix} end it.
     *
     * @param room from {@link MediaPlane#openMix}
     */
    record Mix(PortId port, PortId room, MixLeg leg) implements MediaCommand {}

    /** Takes a port out of this room; nothing if it is not in it (any more). */
    record Unmix(PortId port, PortId room) implements MediaCommand {}

    /**
     * Plays to this port in place of its partner's sound, until the source ends or it is stopped. Played to a room all in it hear it
     * beside those who talk, after what is being played there.
     */
    record Play(PortId port, long playbackId, PlaySource source) implements MediaCommand {}

    /** Ends a playback; {@link MediaEvent.PlaybackEnded} follows unless it had ended. */
    record StopPlay(PortId port, long playbackId) implements MediaCommand {}

    /** Pauses or resumes a playback. */
    record PausePlay(PortId port, long playbackId, boolean paused) implements MediaCommand {}

    /** Moves a playback by {@code offsetMs} (negative: back), kept within the sound. */
    record SeekPlay(PortId port, long playbackId, long offsetMs) implements MediaCommand {}

    /** Sends digits one after the other; {@link MediaEvent.DigitsSent} when all are out. */
    record SendDigits(PortId port, String digits, int durationMs, int gapMs) implements MediaCommand {}

    /** Sends back what is heard (the Echo application). */
    record Echo(PortId port, boolean on) implements MediaCommand {}

    /** Whether digits received here are also passed on to the partner (RFC 4733 packets through a join). */
    record PassDigits(PortId port, boolean on) implements MediaCommand {}

    /**
     * Listens for somebody who talks and then is silent, or no longer; {@link MediaEvent.Talked} each time. Only at a port that
     * speaks RTP; what it was to listen for before is forgotten.
     *
     * @param talkMs how long it must be loud until somebody talks
     * @param silenceMs how long it must be quiet until nobody does
     */
    record DetectTalk(PortId port, boolean on, int talkMs, int silenceMs) implements MediaCommand {}

    /**
     * Copies what is heard and spoken at this port into a tap, from now on; several may listen. Costs a copy of each packet. A
     * tap that is closed is forgotten; when the port closes, it closes the tap. At a room it is the sum of all as samples.
     */
    record Tap(PortId port, SoundTap tap) implements MediaCommand {}

    /** Takes a tap away and closes it. */
    record Untap(PortId port, SoundTap tap) implements MediaCommand {}

    /** Gives the port back; {@link MediaEvent.Closed} with the stream's report follows. */
    record Close(PortId port) implements MediaCommand {}
}
