package io.allo.pbx.call.ring;

/**
 * Asked before any call leaves this house: the one seam between every application that calls out and the rules about who may
 * call whom. A technology asks once for each channel, before it makes it. Any thread.
 */
public interface PublicCalls {

    /** Lets every call out: for worlds where calls cost nothing. */
    PublicCalls OPEN = new PublicCalls() {
        @Override
        public void begin(PublicCall call) {
            // free
        }

        @Override
        public void withdraw(String channelId) {
            // nothing was counted
        }
    };

    /**
     * A channel is about to be made and called. It counts from now on, until it is hung up or withdrawn.
     *
     * @throws DialException if a rule refuses; nothing is counted then
     */
    void begin(PublicCall call);

    /** The channel that was asked for could not be made. */
    void withdraw(String channelId);
}
