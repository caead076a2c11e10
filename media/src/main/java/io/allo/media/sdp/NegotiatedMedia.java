package io.allo.media.sdp;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.sdes.StreamKeys;
import java.util.List;
import java.util.Optional;

/**
 * One audio stream that offer and answer agreed upon, seen from our side. Equal values mean that nothing changed.
 * Immutable.
 *
 * @param index the place of its {@code m=} line, from 0
 * @param remoteHost literal address or host name to send RTP to
 * @param remotePort 0 if the peer ended the stream: nothing can be sent
 * @param rtcpHost where RTCP goes
 * @param rtcpPort equal to {@code remotePort} with rtcp-mux; 0 if there is no such port
 * @param rtcpMux both sides agreed to RFC 5761
 * @param symmetric send to where the peer's packets really come from
 * @param codecs everything both have, best first; the first is the one to send. Empty only if {@code remotePort} is 0
 * @param events telephone-event as agreed, by clock rate; empty if not agreed
 * @param dtmf how digits travel now that both sides have spoken; never AUTO or AUTO_INFO
 * @param direction what we may do: SENDRECV, SENDONLY (we hold the peer), RECVONLY (the peer holds us), INACTIVE
 * @param held the peer does not want our sound: it put us on hold, by whichever form
 * @param ptimeMs packet length to send, in whole frames of the first codec
 * @param keys the stream is encrypted with these; empty: it is plain, or {@code dtls} says how keys are made
 * @param dtls the handshake that makes its keys; until it is done nothing is sent or taken
 */
public record NegotiatedMedia(
        int index,
        String remoteHost,
        int remotePort,
        String rtcpHost,
        int rtcpPort,
        boolean rtcpMux,
        boolean symmetric,
        List<NegotiatedCodec> codecs,
        List<NegotiatedEvents> events,
        DtmfMode dtmf,
        Direction direction,
        boolean held,
        int ptimeMs,
        Optional<StreamKeys> keys,
        Optional<DtlsAgreement> dtls)
        implements Negotiation {

    public NegotiatedMedia {
        codecs = List.copyOf(codecs);
        events = List.copyOf(events);
        if (codecs.isEmpty() && remotePort != 0) {
            throw new IllegalArgumentException("a stream without a codec");
        }
    }

    /** A plain stream. */
    public NegotiatedMedia(
            int index,
            String remoteHost,
            int remotePort,
            String rtcpHost,
            int rtcpPort,
            boolean rtcpMux,
            boolean symmetric,
            List<NegotiatedCodec> codecs,
            List<NegotiatedEvents> events,
            DtmfMode dtmf,
            Direction direction,
            boolean held,
            int ptimeMs) {
        this(
                index,
                remoteHost,
                remotePort,
                rtcpHost,
                rtcpPort,
                rtcpMux,
                symmetric,
                codecs,
                events,
                dtmf,
                direction,
                held,
                ptimeMs,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it is encrypted, or will be once its handshake is done. */
    public boolean isEncrypted() {
        return keys.isPresent() || dtls.isPresent();
    }

    /** The same stream under these keys, or with this handshake to make them. */
    public NegotiatedMedia secured(Optional<StreamKeys> newKeys, Optional<DtlsAgreement> newDtls) {
        return copy(remoteHost, rtcpHost, codecs, newKeys, newDtls);
    }

    /** The same stream, going to these hosts. */
    public NegotiatedMedia withHosts(String newRemoteHost, String newRtcpHost) {
        return copy(newRemoteHost, newRtcpHost, codecs, keys, dtls);
    }

    /** The same stream with these codecs only. */
    public NegotiatedMedia withCodecs(List<NegotiatedCodec> newCodecs) {
        return copy(remoteHost, rtcpHost, newCodecs, keys, dtls);
    }

    private NegotiatedMedia copy(
            String host,
            String controlHost,
            List<NegotiatedCodec> newCodecs,
            Optional<StreamKeys> newKeys,
            Optional<DtlsAgreement> newDtls) {
        return new NegotiatedMedia(
                index,
                host,
                remotePort,
                controlHost,
                rtcpPort,
                rtcpMux,
                symmetric,
                newCodecs,
                events,
                dtmf,
                direction,
                held,
                ptimeMs,
                newKeys,
                newDtls);
    }

    /** The codec to send; empty if the stream has ended. */
    public Optional<NegotiatedCodec> sendCodec() {
        return codecs.stream().findFirst();
    }

    /** This codec as agreed, if both have it: what a relay asks before it passes packets on undecoded. */
    public Optional<NegotiatedCodec> codec(CodecName codec) {
        return codecs.stream().filter(c -> c.codec() == codec).findFirst();
    }

    /** What a received packet with this payload type carries; empty for events and for numbers not agreed. */
    public Optional<NegotiatedCodec> received(int payloadType) {
        return codecs.stream()
                .filter(c -> c.receivePayloadType() == payloadType)
                .findFirst();
    }

    /** A received packet with this payload type is a telephone-event. */
    public boolean receivesEvents(int payloadType) {
        return events.stream().anyMatch(e -> e.receivePayloadType() == payloadType);
    }

    /** The telephone-event to send beside this codec: at its clock rate if agreed (RFC 4733 2.5.1.1), else any. */
    public Optional<NegotiatedEvents> events(CodecName codec) {
        return events.stream()
                .filter(e -> e.clockRate() == codec.clockRate())
                .findFirst()
                .or(() -> events.stream().findFirst());
    }

    /** The clock rate of received telephone-events with this payload type, in Hz; 8000 if it was not agreed. */
    public int eventClock(int payloadType) {
        for (NegotiatedEvents agreed : events) {
            if (agreed.receivePayloadType() == payloadType) {
                return agreed.clockRate();
            }
        }
        return 8000;
    }
}
