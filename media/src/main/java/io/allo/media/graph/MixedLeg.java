package io.allo.media.graph;

import io.allo.media.mix.Encoding;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.Voice;
import io.allo.media.sdp.CodecName;
import org.jspecify.annotations.Nullable;

/** A port's seat in a room. Owned by the media loop. */
final class MixedLeg {

    final MixPort room;
    final MediaPort port;
    final Voice voice;

    /** The real port whose phone sits here: the port itself, or that at the far end of Local channels; null if there is none yet. */
    @Nullable
    RtpPort real;

    /** It hears what nobody else hears: its own sum. */
    private @Nullable Encoding own;

    private boolean apart;

    MixedLeg(MixPort room, MediaPort port, MixLeg leg) {
        this.room = room;
        this.port = port;
        this.voice = new Voice(leg);
    }

    /** Whether what comes in this codec is needed. */
    boolean listensTo(CodecName codec) {
        return codec.transcodable() && !voice.isSilenced();
    }

    /** Hz of the sound that its phone is sent; 8000 as long as there is none. */
    int sampleRate() {
        return real == null || real.spoken == null ? 8_000 : real.spoken.codec().sampleRate();
    }

    /** What is heard from its phone, null if nothing is. */
    @Nullable
    HeardFrames heard() {
        return real == null || !real.mayReceive ? null : real.heard;
    }

    /** What came is of no use any more. */
    void forgetHeard() {
        if (real != null && real.heard != null) {
            real.heard.close();
            real.heard = null;
        }
    }

    /** How its phone is to be sent the room; null if it can't or is not to hear it now. */
    @Nullable
    SpokenFrames spoken(long nowNanos) {
        var to = real;
        return to == null
                        || !to.maySend
                        || nowNanos < to.mutedUntilNanos
                        || to.isSendingDigits()
                        || to.encryption.awaitsKeys()
                        || LocalChain.speaker(to) != null
                ? null
                : to.spoken;
    }

    /** Sends its phone a frame. */
    void send(SpokenFrames as, byte[] frame, int length, long nowNanos) {
        if (real != null) {
            as.sendEncoded(real, frame, length, real.out, nowNanos);
        }
    }

    /** Its own encoding, and whether it begins to be needed with this. */
    Encoding own(SpokenFrames as, int rate) {
        var before = own;
        if (before == null || !before.isFor(as.codec(), as.roomFormat(), as.frameMs(), rate)) {
            close();
            own = before = new Encoding(as.codec(), as.roomFormat(), as.frameMs(), rate);
            apart = false;
        }
        before.expectLoss(as.expectedLoss());
        return before;
    }

    /** Gives back what its encoder holds beside the heap. */
    void close() {
        if (own != null) {
            own.close();
            own = null;
        }
    }

    /** It hears a sum of its own from now on; true if it did not before. */
    boolean departs() {
        var was = apart;
        apart = true;
        return !was;
    }

    /** It hears what others hear. */
    void rejoins() {
        apart = false;
    }
}
