package io.allo.sim;

import io.allo.sip.address.HostPort;
import io.allo.sip.agent.SessionId;
import org.jspecify.annotations.Nullable;

/** One call at a phone, as the phone sees it. Whoever has the turn. */
public final class PhoneCall {

    /** How far it is. */
    public enum State {
        /** We called; nothing final came. */
        DIALING,
        /** It came in and is not answered. */
        RINGING,
        /** Answered. */
        TALKING,
        /** Somebody has hung up. */
        ENDING,
        /** Nothing is left of it. */
        OVER
    }

    final SimPhone phone;
    final SessionId session;
    final String party;
    final String tag;
    final HostPort rtp;
    final boolean incoming;
    State state;
    boolean everAnswered;
    boolean weHold;
    boolean offerPending;
    String remoteDirection = "sendrecv";
    long sdpVersion = 1;
    long changedNanos;

    @Nullable
    HostPort remote;

    PhoneCall(
            SimPhone phone,
            SessionId session,
            boolean incoming,
            String party,
            String tag,
            HostPort rtp,
            long nowNanos) {
        this.phone = phone;
        this.session = session;
        this.incoming = incoming;
        this.party = party;
        this.tag = tag;
        this.rtp = rtp;
        this.state = incoming ? State.RINGING : State.DIALING;
        this.changedNanos = nowNanos;
    }

    /** How far it is. */
    public State state() {
        return state;
    }

    /** Whether it came in. */
    public boolean isIncoming() {
        return incoming;
    }

    /** The number called, or the caller's number. */
    public String party() {
        return party;
    }

    /** Whether it was answered, now or before. */
    public boolean wasAnswered() {
        return everAnswered;
    }

    /** Where the phone listens for sound. */
    public HostPort rtp() {
        return rtp;
    }

    /** Where the phone sends sound, null as long as it does not know. */
    public @Nullable HostPort remote() {
        return remote;
    }

    /** Our description of now, which is a new version of it. */
    byte[] offer() {
        return PhoneSdp.write(rtp, sdpVersion++, weHold ? "sendonly" : "sendrecv");
    }

    byte[] answer(byte[] offer) {
        heard(offer);
        return PhoneSdp.write(rtp, sdpVersion++, PhoneSdp.answerTo(remoteDirection, weHold));
    }

    /** Takes what the other side described. */
    void heard(byte[] sdp) {
        remote = PhoneSdp.address(sdp);
        remoteDirection = PhoneSdp.direction(sdp);
    }

    /** Whether sound goes both ways as far as the phone knows. */
    boolean isOpen() {
        return state == State.TALKING
                && !weHold
                && !offerPending
                && remoteDirection.equals("sendrecv")
                && remote != null;
    }
}
