package io.allo.pbx.call.sip;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.LocalDtls;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamSettings;
import io.allo.media.sdes.MediaEncryption;
import io.allo.media.sdes.SdesKeys;
import io.allo.media.sdp.Answer;
import io.allo.media.sdp.Capabilities;
import io.allo.media.sdp.CodecList;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.LocalMedia;
import io.allo.media.sdp.NegotiatedMedia;
import io.allo.media.sdp.OfferAnswer;
import io.allo.media.sdp.PassedOn;
import io.allo.media.sdp.Refusal;
import io.allo.media.sdp.SdpHistory;
import io.allo.media.sdp.SdpParseException;
import io.allo.media.sdp.SdpParser;
import io.allo.media.sdp.SdpWriter;
import io.allo.media.sdp.SessionDescription;
import io.allo.pbx.endpoint.EndpointSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel's side of offer and answer, and the media port that carries what was agreed. Owned by the channel's call.
 * RFC 3264; the session's turn to offer is {@code sip.session}'s business.
 */
final class SipMedia {

    private final MediaPlane plane;
    private final MediaPlane.OpenedPort port;
    private final String announcedAddress;
    private final String shownHost;
    private final EndpointSettings.Media settings;
    private final long sessionId;
    private final SdesKeys keys;
    private final LocalDtls dtls;
    private Capabilities capabilities;
    private SdpHistory history = SdpHistory.NONE;
    private @Nullable SessionDescription ourOffer;
    private @Nullable NegotiatedMedia agreed;
    private @Nullable Refusal refusal;
    private boolean weHold;
    private int offersMade;
    private PassedOn passed = PassedOn.NOTHING;
    private PassedOn theirs = PassedOn.NOTHING;

    /**
     * @param announcedAddress literal to name in SDP
     * @param shownHost where the other side signals from, "" if not known yet
     * @param keys ours, for all descriptions of this leg
     * @param dtls our side of its handshakes
     */
    SipMedia(
            MediaPlane plane,
            MediaPlane.OpenedPort port,
            String announcedAddress,
            String shownHost,
            Capabilities capabilities,
            EndpointSettings.Media settings,
            long sessionId,
            SdesKeys keys,
            LocalDtls dtls) {
        this.plane = plane;
        this.port = port;
        this.announcedAddress = announcedAddress;
        this.shownHost = shownHost;
        this.capabilities = capabilities;
        this.settings = settings;
        this.sessionId = sessionId;
        this.keys = keys;
        this.dtls = dtls;
    }

    PortId port() {
        return port.id();
    }

    /** What was agreed upon; null before. */
    @Nullable
    NegotiatedMedia agreed() {
        return agreed;
    }

    /** Why the last description could not be agreed upon; null if it was. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** Puts codecs that the other leg of the call speaks first, so that sound can pass undecoded. */
    void prefer(List<CodecName> first) {
        var choices = new ArrayList<CodecList.Choice>();
        for (var codec : first) {
            capabilities.codecs().choice(codec).ifPresent(choices::add);
        }
        for (var choice : capabilities.codecs().choices()) {
            if (!choices.contains(choice)) {
                choices.add(choice);
            }
        }
        capabilities = capabilities.withCodecs(new CodecList(choices)).withOurOrder(!first.isEmpty());
    }

    /** What the far side says to whoever it talks with, beyond us; before an answer of ours, in this offer. */
    PassedOn theirs(byte @Nullable [] offer) {
        var parsed = offer == null || agreed != null ? null : parse(offer);
        return parsed == null ? theirs : PassedOn.of(parsed);
    }

    /** What our descriptions say to the far side for somebody beyond us. */
    void pass(PassedOn fromOther) {
        passed = fromOther;
    }

    /** Our offer, the first or the next. */
    byte[] offer() {
        offersMade++;
        return offer(capabilities.withEncryption(nextEncryption()));
    }

    /** In a call that goes on it stays as it was agreed. */
    private MediaEncryption nextEncryption() {
        var wanted = capabilities.encryption();
        if (agreed == null && wanted == MediaEncryption.PREFERRED && passed.wantsEndToEnd()) {
            return MediaEncryption.SDES_OPTIMISTIC; // the phones are to settle it: a line that a ZRTP phone can take
        }
        if (agreed == null || wanted.isRequired()) {
            return wanted;
        }
        if (agreed.dtls().isPresent()) {
            return MediaEncryption.DTLS;
        }
        if (agreed.keys().isEmpty()) {
            return MediaEncryption.NO;
        }
        return wanted == MediaEncryption.PREFERRED ? MediaEncryption.SDES_OPTIMISTIC : wanted;
    }

    private byte[] offer(Capabilities now) {
        var offer = OfferAnswer.createOffer(now, local(), history);
        history = history.after(offer);
        ourOffer = offer;
        return SdpWriter.write(offer).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an offer that was refused can be made another way. */
    boolean canOfferOtherWay() {
        return offersMade <= otherWays().size();
    }

    /** The first offer again, the next way: for a phone that does not know the kind of line that it was offered. */
    byte[] offerOtherWay() {
        history = SdpHistory.NONE;
        return offer(capabilities.withEncryption(otherWays().get(offersMade++ - 1)));
    }

    /** What is offered after refusals: plain RTP with keys, then a handshake, which only a phone that insists on one needs. */
    private List<MediaEncryption> otherWays() {
        var ways = new ArrayList<MediaEncryption>();
        if (capabilities.encryption() == MediaEncryption.PREFERRED) {
            ways.add(MediaEncryption.SDES_OPTIMISTIC);
        }
        if (capabilities.encryption().isPreferred() && dtls.isPossible()) {
            ways.add(MediaEncryption.DTLS);
        }
        return ways;
    }

    /** Whether the sound is encrypted as agreed upon. */
    boolean isEncrypted() {
        return agreed != null && agreed.isEncrypted();
    }

    /** Our answer to an offer, the port set to what was agreed; null if nothing could be: {@link #refusal} says why. */
    byte @Nullable [] answer(byte[] offer) {
        var parsed = parse(offer);
        if (parsed == null) {
            return null;
        }
        return switch (OfferAnswer.answer(parsed, capabilities, local(), history)) {
            case Answer.Accepted accepted -> {
                history = history.after(accepted.description());
                theirs = PassedOn.of(parsed);
                agree(accepted.media());
                yield SdpWriter.write(accepted.description()).getBytes(StandardCharsets.UTF_8);
            }
            case Answer.Rejected rejected -> {
                refusal = rejected.reason();
                yield null;
            }
        };
    }

    /** Takes the other side's answer to our offer. False if it is no use: {@link #refusal} says why. */
    boolean accept(byte[] answer) {
        var offered = ourOffer;
        var parsed = parse(answer);
        if (parsed == null || offered == null) {
            return false;
        }
        return switch (OfferAnswer.acceptAnswer(offered, parsed, capabilities)) {
            case NegotiatedMedia media -> {
                theirs = PassedOn.of(parsed);
                agree(media);
                yield true;
            }
            case Refusal reason -> {
                refusal = reason;
                yield false;
            }
        };
    }

    /** The codecs an offer has in common with what the endpoint allows, in the offer's order. */
    List<CodecName> common(byte[] offer) {
        var parsed = parse(offer);
        if (parsed == null) {
            return List.of();
        }
        return OfferAnswer.answer(parsed, capabilities.withOurOrder(false), local(), history)
                        instanceof Answer.Accepted accepted
                ? accepted.media().codecs().stream().map(c -> c.codec()).toList()
                : List.of();
    }

    /** Whether the far side has us on hold. */
    boolean isHeldByPeer() {
        return agreed != null && agreed.held();
    }

    /** From now on we hold the far side, or no longer: the next offer says so. */
    void hold(boolean on) {
        weHold = on;
    }

    void close() {
        plane.post(new MediaCommand.Close(port.id()));
    }

    private void agree(NegotiatedMedia media) {
        agreed = media;
        refusal = null;
        plane.post(new MediaCommand.Configure(
                port.id(),
                media,
                new StreamSettings(
                        settings.timeoutSeconds() * 1000,
                        settings.holdTimeoutSeconds() * 1000,
                        settings.keepAliveSeconds() * 1000,
                        shownHost)));
    }

    private LocalMedia local() {
        return new LocalMedia(
                announcedAddress,
                port.rtpPort(),
                port.rtcpPort(),
                sessionId,
                weHold ? Direction.SENDONLY : Direction.SENDRECV,
                keys,
                dtls.in(Optional.ofNullable(agreed)
                        .flatMap(NegotiatedMedia::dtls)
                        .map(DtlsAgreement::role)),
                passed);
    }

    private @Nullable SessionDescription parse(byte[] sdp) {
        try {
            return SdpParser.parse(sdp);
        } catch (SdpParseException broken) {
            refusal = new Refusal(
                    Refusal.Kind.NO_AUDIO,
                    "the phone's session description can't be read: " + broken.getMessage(),
                    "la description de session du téléphone est illisible : " + broken.getMessage());
            return null;
        }
    }

    /** The codec being sent, as CHANNEL(audionativeformat) names it. */
    Optional<CodecName> codec() {
        return agreed == null ? Optional.empty() : agreed.sendCodec().map(c -> c.codec());
    }
}
