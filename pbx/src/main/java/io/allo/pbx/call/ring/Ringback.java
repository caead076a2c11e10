package io.allo.pbx.call.ring;

import io.allo.media.audio.ToneSequence;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The ringing that a caller hears: his phone makes it when told (SIP 180), or we send it as sound where he already hears
 * us. Owned by the call.
 */
final class Ringback {

    private final Channel caller;
    private final MediaPlane media;
    private final ToneSequence tone;
    private final @Nullable PlaySource wanted;
    private @Nullable PortId playingTo;

    Ringback(Channel caller, MediaPlane media, ToneSequence tone, @Nullable PlaySource wanted) {
        this.caller = caller;
        this.media = media;
        this.tone = tone;
        this.wanted = wanted;
    }

    /** Lets him hear ringing. */
    void ring() {
        if (wanted != null) {
            sound();
            return;
        }
        caller.ring();
        if (caller.media() != null) {
            play(new PlaySource.Tones(tone));
        }
    }

    /** Lets him hear a sound in place of ringing, before an answer where that can be. */
    void sound() {
        caller.progress();
        if (caller.media() == null) {
            caller.ring();
        } else {
            play(wanted == null ? new PlaySource.Tones(tone) : wanted);
        }
    }

    private void play(PlaySource source) {
        var port = caller.media();
        if (playingTo == null && port != null) {
            playingTo = port;
            media.post(new MediaCommand.Play(port, Bridge.TONES, source));
        }
    }

    /** Ends it. */
    void stop() {
        if (playingTo != null) {
            media.post(new MediaCommand.StopPlay(playingTo, Bridge.TONES));
            playingTo = null;
        }
    }
}
