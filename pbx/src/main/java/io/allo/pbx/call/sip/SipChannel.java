package io.allo.pbx.call.sip;

import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.LocalDtls;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.MediaUnavailableException;
import io.allo.media.port.PortId;
import io.allo.media.sdes.MediaEncryption;
import io.allo.media.sdes.SdesKeys;
import io.allo.media.sdp.Capabilities;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.PassedOn;
import io.allo.media.sdp.Refusal;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallLog;
import io.allo.sip.agent.SessionId;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel over one SIP session, called or calling. It answers re-INVITEs, keeps the media port in step with what was
 * negotiated, and turns what happens in the session into what the call sees. RFC 3261, RFC 3264. Owned by its call.
 */
public abstract sealed class SipChannel extends Channel permits IncomingSipChannel, OutgoingSipChannel {

    final SipSwitch sip;
    SessionId session;
    final EndpointSettings settings;
    private final MediaPlane.OpenedPort port;
    private final SipMedia media;
    private final String localHost;
    private Headers pendingHeaders = Headers.EMPTY;
    private final DigitTwins digits = new DigitTwins();
    private boolean mediaClosed;
    private boolean released;
    private boolean awaitsAnswerInAck;

    SipChannel(
            SipSwitch sip,
            SessionId session,
            EndpointSettings settings,
            String uniqueId,
            CallLog log,
            DialplanLocation start,
            Addresses addresses) {
        super(sip.calls().newChannelName("PJSIP/" + settings.name()), uniqueId, log, sip.clock(), start);
        this.sip = sip;
        this.session = session;
        this.settings = settings;
        this.localHost = addresses.local();
        this.port =
                sip.media().open(new MediaPlane.PortRequest(addresses.bind()), event -> post(new MediaHappened(event)));
        var capabilities = addresses.limit(settings.capabilities());
        this.media = new SipMedia(
                sip.media(),
                port,
                addresses.announced(),
                addresses.shown(),
                capabilities,
                settings.media(),
                sip.random().nextLong() >>> 2,
                capabilities.encryption().hasKeys() ? SdesKeys.generate(sip.random()) : SdesKeys.NONE,
                capabilities.encryption().takesDtls()
                        ? sip.dtls().apply(settings.media().dtls())
                        : LocalDtls.NONE);
        var behaviour = settings.behaviour();
        language(behaviour.language().isEmpty() ? sip.defaultLanguage() : behaviour.language());
        accountCode(behaviour.accountCode());
        toneZone(behaviour.toneZone());
        behaviour.variables().forEach(v -> variables().set(v.name(), v.value()));
        sip.calls().register(this);
        sip.sessions().put(session, this);
    }

    /**
     * The addresses of a leg: bound for sound, named in SDP, ours in URIs, and the one the other side signals from.
     *
     * @param secure signalling is encrypted, so that keys can stand in SDP
     */
    record Addresses(String bind, String announced, String local, String shown, boolean secure) {

        /** By the way to the other side; media_address and external_media_address win. */
        static Addresses of(
                SipSwitch sip, EndpointSettings settings, LegPath path, String signalsFrom, boolean secure) {
            var media = settings.media();
            return new Addresses(path.bind(sip, media), path.announced(media), path.local(), signalsFrom, secure);
        }

        /** What the endpoint can do here: keys go over readable signalling only where the file itself asks for them. */
        Capabilities limit(Capabilities capabilities) {
            return capabilities.encryption() == MediaEncryption.PREFERRED && !secure
                    ? capabilities.withEncryption(MediaEncryption.PREFERRED_KEYLESS)
                    : capabilities;
        }
    }

    SipMedia sdp() {
        return media;
    }

    /** Our address as the other side knows it, for URIs. */
    final String localHost() {
        return localHost;
    }

    @Override
    public final String technology() {
        return "PJSIP";
    }

    @Override
    public final String endpoint() {
        return settings.name();
    }

    @Override
    public final @Nullable PortId media() {
        return media.agreed() == null || released ? null : port.id();
    }

    @Override
    public final @Nullable PortId port() {
        return released ? null : port.id();
    }

    /** The codecs agreed upon, best first; before that what the other side offered and the endpoint allows. */
    @Override
    public List<CodecName> codecs() {
        var agreed = media.agreed();
        return agreed == null
                ? List.of()
                : agreed.codecs().stream().map(c -> c.codec()).toList();
    }

    @Override
    public final void preferCodecs(List<CodecName> first) {
        if (media.agreed() == null) {
            media.prefer(first);
        }
    }

    @Override
    public PassedOn passedOn() {
        return media.theirs(null);
    }

    @Override
    public final void passOn(PassedOn fromOther) {
        if (media.agreed() == null) {
            media.pass(fromOther);
        }
    }

    @Override
    public final String suggestedMusic() {
        return settings.behaviour().mohSuggest();
    }

    /** Headers for the next request or response that makes or answers the call (PJSIP_HEADER). */
    public final Headers pendingHeaders() {
        return pendingHeaders;
    }

    /** Replaces {@link #pendingHeaders}. */
    public final void pendingHeaders(Headers headers) {
        pendingHeaders = headers;
    }

    /** The headers of the INVITE that came in, or of the answer to ours; empty before. */
    public abstract Headers receivedHeaders();

    @Override
    public final void sendDigits(String digits, int durationMs, int gapMs) {
        var agreed = media.agreed();
        if (agreed != null && agreed.dtmf() == DtmfMode.INFO) {
            for (var i = 0; i < digits.length(); i++) {
                sip.agent()
                        .accept(new UserAgentCommand.SendInfo(
                                session,
                                SipDigits.RELAY,
                                SipDigits.relay(digits.charAt(i), durationMs),
                                Headers.EMPTY));
            }
            post(new ChannelEvent.DigitsSent());
        } else if (agreed == null) {
            post(new ChannelEvent.DigitsSent());
        } else {
            sip.media().post(new MediaCommand.SendDigits(port.id(), digits, durationMs, gapMs));
        }
    }

    @Override
    public final void indicateHold(boolean onHold) {
        if (isUp() && settings.behaviour().mohPassthrough()) {
            media.hold(onHold);
            sip.agent().accept(new UserAgentCommand.Offer(session, media.offer()));
        }
    }

    @Override
    public final void updateConnectedLine(PartyId party) {
        var headers = SipIdentity.identity(party, settings, localHost);
        if (isUp() && settings.identity().sendConnectedLine() && headers.size() > 0) {
            sip.agent().accept(new UserAgentCommand.Update(session, null, headers));
        }
    }

    @Override
    public final boolean isReleased() {
        return mediaClosed;
    }

    @Override
    protected final void release(HangupCause cause, boolean farSideEnded) {
        if (!farSideEnded) {
            end(cause);
        }
        released = true;
        media.close();
        sip.calls().unregister(this);
    }

    /** Tells the other side that the call is over. */
    void end(HangupCause cause) {
        sip.agent().accept(new UserAgentCommand.HangUp(session, reason(cause)));
    }

    static ReasonHeader reason(HangupCause cause) {
        return cause == HangupCause.ANSWERED_ELSEWHERE
                ? ReasonHeader.of("SIP", 200, "Call completed elsewhere")
                : ReasonHeader.of("Q.850", cause.code(), cause.english());
    }

    // ---- what happened

    @Override
    protected final @Nullable ChannelEvent absorb(ChannelEvent event) {
        return switch (event) {
            case SipHappened happened -> isHungUp() ? null : inSession(happened.event());
            case MediaHappened happened -> inMedia(happened.event());
            default -> event;
        };
    }

    private @Nullable ChannelEvent inMedia(MediaEvent event) {
        if (event instanceof MediaEvent.Closed closed) {
            mediaClosed = true;
            log().add(new CallEvent.MediaEnded(clock().epochMillis(), log().linkedId(), uniqueId(), closed.report()));
            return null;
        }
        if (isHungUp()) {
            return null;
        }
        return switch (event) {
            case MediaEvent.NotSecured failed -> notSecured(failed.reason());
            case MediaEvent.EndToEnd passes -> {
                soundIsEndToEnd();
                log().add(new CallEvent.EndToEnd(clock().epochMillis(), log().linkedId(), uniqueId()));
                yield null;
            }
            case MediaEvent.DigitEnded digit ->
                digits.isNew(digit.digit(), DigitTwins.Way.STREAM, clock().nanoTime())
                        ? MediaHappened.translated(event)
                        : null;
            default -> MediaHappened.translated(event);
        };
    }

    /** The handshake for keys failed: without them there is no sound, so there is no call. */
    private ChannelEvent notSecured(HandshakeOutcome.Reason reason) {
        log().add(new CallEvent.Problem(
                clock().epochMillis(),
                log().linkedId(),
                uniqueId(),
                "media-not-secured",
                reason.english(),
                reason.french()));
        end(HangupCause.BEARER_NOT_AVAILABLE);
        return new ChannelEvent.HungUp(HangupCause.BEARER_NOT_AVAILABLE, 488, reason.english());
    }

    @Nullable
    ChannelEvent inSession(UserAgentEvent.SessionEvent event) {
        return switch (event) {
            case UserAgentEvent.OfferReceived offer -> offered(offer);
            case UserAgentEvent.CallConfirmed confirmed -> confirmed(confirmed.sdp());
            case UserAgentEvent.OfferAnswered answered -> {
                if (answered.sdp() != null && !media.accept(answered.sdp())) {
                    noteRefusal();
                }
                yield null;
            }
            case UserAgentEvent.OfferRefused refused -> {
                log().add(new CallEvent.Problem(
                        clock().epochMillis(),
                        log().linkedId(),
                        uniqueId(),
                        "offer-refused",
                        "the phone refused a change of the call: " + refused.status() + " " + refused.reason(),
                        "le poste a refusé une modification de l'appel : " + refused.status() + " "
                                + refused.reason()));
                yield null;
            }
            case UserAgentEvent.InfoReceived info -> {
                var digit = SipDigits.parse(info.contentType(), info.body());
                yield digit == null || !digits.isNew(digit.digit(), DigitTwins.Way.INFO, clock().nanoTime())
                        ? null
                        : new ChannelEvent.Digit(digit.digit(), digit.durationMs(), false);
            }
            case UserAgentEvent.CallHungUp hungUp -> {
                var reason = hungUp.reasonHeader();
                var cause = reason != null && reason.protocol().equalsIgnoreCase("Q.850")
                        ? HangupCause.of(reason.cause())
                        : HangupCause.NORMAL_CLEARING;
                yield new ChannelEvent.HungUp(cause, 0, hungUp.why());
            }
            default -> null;
        };
    }

    /** A re-INVITE or UPDATE of the other side: hold, resume, another address or codec. */
    private @Nullable ChannelEvent offered(UserAgentEvent.OfferReceived offer) {
        if (!offer.answerExpected()) {
            return null;
        }
        if (offer.sdp() == null) {
            awaitsAnswerInAck = true;
            sip.agent().accept(new UserAgentCommand.AnswerOffer(session, media.offer()));
            return null;
        }
        var answer = media.answer(offer.sdp());
        if (answer == null) {
            noteRefusal();
            sip.agent().accept(new UserAgentCommand.RefuseOffer(session, 488, null));
            return null;
        }
        sip.agent().accept(new UserAgentCommand.AnswerOffer(session, answer));
        return media.isHeldByPeer() == isHeld() ? null : new ChannelEvent.Hold(media.isHeldByPeer());
    }

    private @Nullable ChannelEvent confirmed(byte @Nullable [] answer) {
        if (answer == null || !awaitsAnswerInAck) {
            return null;
        }
        awaitsAnswerInAck = false;
        if (media.accept(answer)) {
            return new ChannelEvent.MediaReady();
        }
        return unusable();
    }

    /** Notes that our offer is in a 200, so that the answer comes in the ACK. */
    final void answerComesInAck() {
        awaitsAnswerInAck = true;
    }

    /** Ends a call whose descriptions have nothing in common. */
    final ChannelEvent unusable() {
        noteRefusal();
        end(HangupCause.BEARER_NOT_AVAILABLE);
        return new ChannelEvent.HungUp(HangupCause.BEARER_NOT_AVAILABLE, 488, refusalText());
    }

    final String refusalText() {
        Refusal refusal = media.refusal();
        return refusal == null ? HangupCause.BEARER_NOT_AVAILABLE.english() : refusal.english();
    }

    final void noteRefusal() {
        Refusal refusal = media.refusal();
        if (refusal != null) {
            log().add(new CallEvent.Problem(
                    clock().epochMillis(),
                    log().linkedId(),
                    uniqueId(),
                    "media-refused",
                    refusal.english(),
                    refusal.french()));
        }
    }

    final void becomeUp() {
        state(ChannelState.UP);
    }

    /** Whether a port could be had is known only here: the reason for the log when it could not. */
    static String whyNoPort(MediaUnavailableException unavailable) {
        return String.valueOf(unavailable.getMessage());
    }
}
