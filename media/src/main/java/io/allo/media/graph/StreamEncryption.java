package io.allo.media.graph;

import io.allo.media.sdes.StreamKeys;
import io.allo.media.srtp.SrtcpContext;
import io.allo.media.srtp.SrtpContext;
import io.allo.media.srtp.SrtpScratch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what a port sends and decrypts what comes to it, RTP and RTCP, once keys were agreed upon; before, packets pass as
 * they are, and while agreed keys are awaited, not at all. After a new key of theirs the old one is still understood until the first packet under the new one, because theirs
 * is on the wire before our answer reaches them. Our own context is kept while our key stays the same, even through a time of
 * plain sound, so that no number is used twice under it. RFC 3711. Owned by the media loop.
 */
final class StreamEncryption {

    private final SrtpScratch scratch;
    private @Nullable StreamKeys keys;
    private @Nullable StreamKeys controlKeys;
    private boolean on;
    private @Nullable SrtpContext sending;
    private @Nullable SrtcpContext sendingControl;
    private @Nullable SrtpContext receiving;
    private @Nullable SrtcpContext receivingControl;
    private @Nullable SrtpContext former;
    private @Nullable SrtcpContext formerControl;
    private long unauthenticated;

    /** A stream in the clear; {@code scratch} is the loop's. */
    StreamEncryption(SrtpScratch scratch) {
        this.scratch = scratch;
    }

    /** From now on with these keys, or plain if null. */
    void configure(@Nullable StreamKeys newKeys) {
        on = newKeys != null;
        if (newKeys != null) {
            soundKeys(newKeys);
            controlKeys(newKeys);
        }
    }

    /** Keys were agreed upon but are not there yet: until they come nothing is sent or taken. */
    void awaitKeys() {
        on = true;
        keys = null;
        controlKeys = null;
        sending = null;
        sendingControl = null;
        receiving = null;
        receivingControl = null;
        former = null;
        formerControl = null;
    }

    /** Encrypted again, with the keys there were. */
    void resume() {
        on = true;
    }

    /** Whether anything is encrypted here. */
    boolean isOn() {
        return on;
    }

    /** Whether sound waits for its keys. */
    boolean awaitsKeys() {
        return on && sending == null;
    }

    /** From now on sound has these keys. */
    void soundKeys(StreamKeys newKeys) {
        var before = keys;
        keys = newKeys;
        if (before == null || !before.send().equals(newKeys.send())) {
            sending = new SrtpContext(newKeys.send(), scratch);
        }
        if (before == null || !before.receive().equals(newKeys.receive())) {
            former = receiving;
            receiving = former == null
                    ? new SrtpContext(newKeys.receive(), scratch)
                    : new SrtpContext(newKeys.receive(), former);
        }
    }

    /** From now on RTCP has these keys. */
    void controlKeys(StreamKeys newKeys) {
        var before = controlKeys;
        controlKeys = newKeys;
        if (before == null || !before.send().equals(newKeys.send())) {
            sendingControl = new SrtcpContext(newKeys.send(), scratch);
        }
        if (before == null || !before.receive().equals(newKeys.receive())) {
            formerControl = receivingControl;
            receivingControl = new SrtcpContext(newKeys.receive(), scratch);
        }
    }

    /** The length of the RTP packet that came, decrypted in place; negative if it is not from who has the key. */
    int unprotect(byte[] b, int off, int length) {
        if (!on) {
            return length;
        }
        if (receiving == null) {
            return -1;
        }
        var plain = receiving.unprotect(b, off, length);
        if (plain >= 0) {
            former = null;
        } else if (former != null) {
            plain = former.unprotect(b, off, length);
        }
        if (plain < 0) {
            unauthenticated++;
        }
        return plain;
    }

    /** The same for RTCP. */
    int unprotectControl(byte[] b, int off, int length) {
        if (!on) {
            return length;
        }
        if (receivingControl == null) {
            return -1;
        }
        var plain = receivingControl.unprotect(b, off, length);
        if (plain >= 0) {
            formerControl = null;
        } else if (formerControl != null) {
            plain = formerControl.unprotect(b, off, length);
        }
        if (plain < 0) {
            unauthenticated++;
        }
        return plain;
    }

    /** Encrypts the RTP packet in place before it is sent; false if it must not be sent. */
    boolean protect(ByteBuffer packet) {
        if (!on) {
            return true;
        }
        if (sending == null) {
            return false;
        }
        return grown(
                packet, sending.protect(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining()));
    }

    /** The same for RTCP. */
    boolean protectControl(ByteBuffer packet) {
        if (!on) {
            return true;
        }
        if (sendingControl == null) {
            return false;
        }
        return grown(
                packet,
                sendingControl.protect(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining()));
    }

    private static boolean grown(ByteBuffer packet, int length) {
        if (length < 0 || packet.position() + length > packet.capacity()) {
            return false;
        }
        packet.limit(packet.position() + length);
        return true;
    }

    /** Packets thrown away because they were not from who has the key, or came twice. */
    long unauthenticated() {
        return unauthenticated;
    }
}
