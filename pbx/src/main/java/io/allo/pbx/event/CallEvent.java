package io.allo.pbx.event;

import io.allo.media.port.StreamReport;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a call. Immutable. Times are milliseconds since 1970 UTC; {@code channel} is a channel's unique id
 * (Asterisk's UNIQUEID), {@code linkedId} that of the call's first channel (LINKEDID).
 */
public sealed interface CallEvent {

    /** When it happened, milliseconds since 1970 in UTC. */
    long atMillis();

    /** The call it belongs to: the unique id of the call's first channel. */
    String linkedId();

    /** The unique id of the channel it happened to. */
    String channel();

    /** A channel came to be. {@code incoming}: it called us; otherwise we called it. */
    record ChannelCreated(
            long atMillis,
            String linkedId,
            String channel,
            String channelName,
            String endpoint,
            boolean incoming,
            String callerNumber,
            String callerName,
            String context,
            String extension,
            String accountCode,
            String protocolCallId)
            implements CallEvent {}

    /** A channel's state changed: DOWN, RING, RINGING, UP. */
    record StateChanged(long atMillis, String linkedId, String channel, String state) implements CallEvent {}

    /** The dialplan runs an application. */
    record ApplicationStarted(
            long atMillis,
            String linkedId,
            String channel,
            String context,
            String extension,
            int priority,
            String application,
            String data)
            implements CallEvent {}

    /** A caller id, account code, user field, ama flags or CDR field was set by the dialplan. */
    record RecordFieldSet(long atMillis, String linkedId, String channel, String field, String value)
            implements CallEvent {}

    /** The channel began to call another. */
    record DialBegan(long atMillis, String linkedId, String channel, String destination, String dialString)
            implements CallEvent {}

    /** A dialed channel's outcome: ANSWER, BUSY, NOANSWER, CANCEL, CONGESTION, CHANUNAVAIL. */
    record DialEnded(long atMillis, String linkedId, String channel, String destination, String status)
            implements CallEvent {}

    /** Two channels hear each other. */
    record Bridged(long atMillis, String linkedId, String channel, String other) implements CallEvent {}

    /** They no longer do. */
    record Unbridged(long atMillis, String linkedId, String channel, String other) implements CallEvent {}

    /** A side put the call on hold. */
    record Held(long atMillis, String linkedId, String channel) implements CallEvent {}

    /** A side took the call back. */
    record Resumed(long atMillis, String linkedId, String channel) implements CallEvent {}

    /** A digit was received. Who logs this must not write the digit: it may be a PIN. */
    record DigitReceived(long atMillis, String linkedId, String channel, char digit, int durationMs)
            implements CallEvent {}

    /** The stream's totals when a channel ends. */
    record MediaEnded(long atMillis, String linkedId, String channel, StreamReport report) implements CallEvent {}

    /** A channel is recorded from now on; the path is where the file will stand. */
    record RecordingStarted(long atMillis, String linkedId, String channel, String path) implements CallEvent {}

    /** It is no longer recorded; the file is whole. {@code lengthMs} -1: it could not be finished. */
    record RecordingStopped(long atMillis, String linkedId, String channel, String path, long lengthMs)
            implements CallEvent {}

    /**
     * Something happened in a conference, to or by this channel.
     *
     * @param conference the room's name
     * @param members how many are in it after this
     */
    record ConferenceHappened(
            long atMillis,
            String linkedId,
            String channel,
            String conference,
            ConferenceFact what,
            boolean admin,
            boolean marked,
            int members)
            implements CallEvent {}

    /** What can happen in a conference. */
    enum ConferenceFact {
        BEGAN("began"),
        JOINED("joined"),
        LEFT("left"),
        ENDED("ended"),
        KICKED("is thrown out of"),
        MUTED("is muted in"),
        UNMUTED("is no longer muted in"),
        TALKING("talks in"),
        SILENT("is silent in"),
        LOCKED("locked"),
        UNLOCKED("unlocked"),
        RECORDED("has begun to record"),
        NOT_RECORDED("has ended the recording of"),
        LEFT_OUT("has declined: his sound is left out of recordings of");

        private final String english;

        ConferenceFact(String english) {
            this.english = english;
        }

        /** Between the channel and the conference in a sentence. */
        public String english() {
            return english;
        }
    }

    /** The phones have encrypted between themselves: from now on nobody here can listen to or record this channel. */
    record EndToEnd(long atMillis, String linkedId, String channel) implements CallEvent {}

    /** Something went wrong, in words for an administrator. */
    record Problem(long atMillis, String linkedId, String channel, String code, String english, String french)
            implements CallEvent {}

    /**
     * A call to the public network was let out or refused.
     *
     * @param payer the endpoint that it counts for
     * @param trunk the endpoint by which it goes out
     * @param number in international form where it has one
     * @param region the country's ISO 3166 code, "" if unknown
     * @param kind EMERGENCY, ORDINARY, PREMIUM, ...
     * @param rule which rule decided
     */
    record PublicCallJudged(
            long atMillis,
            String linkedId,
            String channel,
            String payer,
            String trunk,
            String number,
            String region,
            String kind,
            String rule,
            boolean allowed)
            implements CallEvent {}

    /**
     * A channel ended.
     *
     * @param cause Q.850 cause
     * @param why in words, e.g. "the phone hung up", "486 Busy Here"
     * @param protocolStatus SIP status that ended it, 0 for none
     */
    record HungUp(
            long atMillis,
            String linkedId,
            String channel,
            String channelName,
            int cause,
            String why,
            int protocolStatus)
            implements CallEvent {}

    /** The call is over: no channel is left; readers may fold it now. {@code channel} is its first. */
    record CallEnded(
            long atMillis,
            String linkedId,
            String channel,
            @Nullable String reason) implements CallEvent {}
}
