package io.allo.media.sdp;

import io.allo.media.sdes.MediaEncryption;
import java.util.List;
import java.util.Locale;

/**
 * What our side of a call can and likes to do with sound: the settings of an endpoint as far as SDP shows them.
 * Immutable.
 *
 * @param codecs allowed codecs in our order of preference
 * @param dtmf {@code dtmf_mode}
 * @param ptimeMs packet length we like to receive, and send to a peer that asks for none; 10 to 60
 * @param ourOrder in answers our order of codecs decides instead of the offerer's
 * @param singleCodec answer with one codec only ({@code preferred_codec_only})
 * @param rtcpMux RTP and RTCP may share a port
 * @param symmetric send to where the peer's packets come from ({@code rtp_symmetric}); handed on in the result
 * @param protocols transport protocols of plain sound that we accept, the first is the one we offer
 * @param encryption whether and how sound is encrypted
 */
public record Capabilities(
        CodecList codecs,
        DtmfMode dtmf,
        int ptimeMs,
        boolean ourOrder,
        boolean singleCodec,
        boolean rtcpMux,
        boolean symmetric,
        List<String> protocols,
        MediaEncryption encryption) {

    /** Plain RTP, also under the name of its feedback profile (RFC 4585), of which we use no feedback. */
    public static final List<String> PLAIN_RTP = List.of("RTP/AVP", "RTP/AVPF");

    /** RTP whose keys stand in SDP: RFC 3711 and RFC 5124. */
    public static final List<String> SECURE_RTP = List.of("RTP/SAVP", "RTP/SAVPF");

    /** RTP whose keys are made by a DTLS handshake: RFC 5764 8. */
    public static final List<String> DTLS_RTP = List.of("UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF");

    /** The shortest packet that we send, in ms of sound. */
    public static final int MIN_PTIME_MS = 10;

    /** The longest packet that we send, in ms of sound. */
    public static final int MAX_PTIME_MS = 60;

    /** The packet length of RFC 3551 4.2, in ms of sound. */
    public static final int DEFAULT_PTIME_MS = 20;

    public Capabilities {
        protocols = List.copyOf(protocols);
        if (ptimeMs < MIN_PTIME_MS || ptimeMs > MAX_PTIME_MS || protocols.isEmpty()) {
            throw new IllegalArgumentException("ptime " + ptimeMs + ", protocols " + protocols);
        }
    }

    /** The defaults of an endpoint: RFC 4733 digits, 20 ms, the offerer's order, no rtcp-mux, plain RTP only. */
    public static Capabilities of(CodecList codecs) {
        return new Capabilities(
                codecs, DtmfMode.RFC4733, DEFAULT_PTIME_MS, false, false, false, false, PLAIN_RTP, MediaEncryption.NO);
    }

    /** The same with other codecs ({@code allow}, {@code disallow}). */
    public Capabilities withCodecs(CodecList newCodecs) {
        return new Capabilities(
                newCodecs, dtmf, ptimeMs, ourOrder, singleCodec, rtcpMux, symmetric, protocols, encryption);
    }

    /** The same with digits sent another way ({@code dtmf_mode}). */
    public Capabilities withDtmf(DtmfMode newDtmf) {
        return new Capabilities(
                codecs, newDtmf, ptimeMs, ourOrder, singleCodec, rtcpMux, symmetric, protocols, encryption);
    }

    /**
     * The same with another packet length, 10 to 60 ms.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public Capabilities withPtimeMs(int newPtimeMs) {
        return new Capabilities(
                codecs, dtmf, newPtimeMs, ourOrder, singleCodec, rtcpMux, symmetric, protocols, encryption);
    }

    /** The same with our order of codecs deciding in answers, or the offerer's. */
    public Capabilities withOurOrder(boolean newOurOrder) {
        return new Capabilities(
                codecs, dtmf, ptimeMs, newOurOrder, singleCodec, rtcpMux, symmetric, protocols, encryption);
    }

    /** The same, answering with the best codec alone ({@code preferred_codec_only}), or with all in common. */
    public Capabilities withSingleCodec(boolean newSingleCodec) {
        return new Capabilities(
                codecs, dtmf, ptimeMs, ourOrder, newSingleCodec, rtcpMux, symmetric, protocols, encryption);
    }

    /** The same with RTP and RTCP on one port where the peer agrees ({@code rtcp_mux}, RFC 5761), or never. */
    public Capabilities withRtcpMux(boolean newRtcpMux) {
        return new Capabilities(
                codecs, dtmf, ptimeMs, ourOrder, singleCodec, newRtcpMux, symmetric, protocols, encryption);
    }

    /** The same, sending to where packets come from ({@code rtp_symmetric}), or to where SDP says. */
    public Capabilities withSymmetric(boolean newSymmetric) {
        return new Capabilities(
                codecs, dtmf, ptimeMs, ourOrder, singleCodec, rtcpMux, newSymmetric, protocols, encryption);
    }

    /** The same, with sound encrypted in this measure ({@code media_encryption}). */
    public Capabilities withEncryption(MediaEncryption newEncryption) {
        return new Capabilities(
                codecs, dtmf, ptimeMs, ourOrder, singleCodec, rtcpMux, symmetric, protocols, newEncryption);
    }

    boolean accepts(String protocol) {
        return protocols.contains(protocol.toUpperCase(Locale.ROOT))
                || isDtls(protocol) && encryption.takesDtls()
                || isSecure(protocol) && !isDtls(protocol) && (encryption.hasKeys() || encryption.takesDtls());
    }

    static boolean isSecure(String protocol) {
        return SECURE_RTP.contains(protocol.toUpperCase(Locale.ROOT)) || isDtls(protocol);
    }

    static boolean isDtls(String protocol) {
        return DTLS_RTP.contains(protocol.toUpperCase(Locale.ROOT));
    }

    /** The packet length we ask for when this codec is first: its own setting, else the general one. */
    int ptimeMs(CodecName codec) {
        int wanted = codecs.choice(codec).map(c -> c.ptimeMs().orElse(ptimeMs)).orElse(ptimeMs);
        return codec.wholeFramesMs(wanted);
    }
}
