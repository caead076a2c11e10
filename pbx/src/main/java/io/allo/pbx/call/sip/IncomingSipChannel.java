package io.allo.pbx.call.sip;

import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.PassedOn;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.pbx.event.CallLog;
import io.allo.sip.address.SipUri;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A channel of somebody who calls us. Owned by its call. */
public final class IncomingSipChannel extends SipChannel {

    private final SipRequest invite;
    private final byte @Nullable [] offer;
    private final String remoteAddress;
    private byte @Nullable [] earlyAnswer;
    private boolean rang;
    private boolean answered;

    IncomingSipChannel(
            SipSwitch sip,
            UserAgentEvent.IncomingCall call,
            EndpointSettings settings,
            String uniqueId,
            CallLog log,
            DialplanLocation start) {
        super(
                sip,
                call.session(),
                settings,
                uniqueId,
                log,
                start,
                Addresses.of(
                        sip,
                        settings,
                        LegPath.incoming(sip, call.flow(), call.offer()),
                        call.flow().remote().host(),
                        call.flow().isSecure()));
        this.invite = call.invite();
        this.offer = call.offer();
        this.remoteAddress = call.flow().remote().toString();
        callerId(SipIdentity.caller(invite, settings));
        ani(callerId().number());
        dnid(start.extension());
        if (invite.headers().has(HeaderName.MAX_FORWARDS)) {
            hopsLeft((int) invite.headers().number(HeaderName.MAX_FORWARDS));
        }
        state(ChannelState.RING);
    }

    /** The request that made it. */
    public SipRequest invite() {
        return invite;
    }

    @Override
    public Headers receivedHeaders() {
        return invite.headers();
    }

    /** Why the call can't be taken as offered, null if it can; asked before the dialplan runs. */
    @Nullable
    String unusableOffer() {
        if (offer == null || !sdp().common(offer).isEmpty()) {
            return null;
        }
        return sdp().answer(offer) == null ? refusalText() : null;
    }

    @Override
    public List<CodecName> codecs() {
        return sdp().agreed() == null && offer != null ? sdp().common(offer) : super.codecs();
    }

    @Override
    public PassedOn passedOn() {
        return sdp().theirs(offer);
    }

    @Override
    public void dial() {
        throw new IllegalStateException(name() + " called us");
    }

    @Override
    public void ring() {
        if (!answered && !rang) {
            rang = true;
            sip.agent().accept(new UserAgentCommand.Ring(session, 180, null, null, pendingHeaders()));
        }
    }

    @Override
    public void progress() {
        if (answered || earlyAnswer != null || offer == null) {
            return;
        }
        earlyAnswer = sdp().answer(offer);
        if (earlyAnswer != null) {
            sip.agent().accept(new UserAgentCommand.Ring(session, 183, null, earlyAnswer, pendingHeaders()));
        }
    }

    @Override
    public void answer() {
        if (answered || isHungUp()) {
            return;
        }
        byte[] description;
        if (earlyAnswer != null) {
            description = earlyAnswer;
        } else if (offer == null) {
            description = sdp().offer();
            answerComesInAck();
        } else {
            description = sdp().answer(offer);
            if (description == null) {
                noteRefusal();
                hangUp(HangupCause.BEARER_NOT_AVAILABLE, refusalText());
                return;
            }
        }
        answered = true;
        sip.agent().accept(new UserAgentCommand.Answer(session, description, answerHeaders()));
        becomeUp();
    }

    /** What the dialplan has added, and who answers if the caller is to be told. */
    private Headers answerHeaders() {
        if (!settings.identity().sendConnectedLine()) {
            return pendingHeaders();
        }
        var headers = SipIdentity.identity(connectedLine(), settings, localHost()).toBuilder();
        pendingHeaders().forEach(headers::add);
        return headers.build();
    }

    @Override
    void end(HangupCause cause) {
        if (answered) {
            super.end(cause);
        } else {
            var headers =
                    Headers.builder().add("Reason", reason(cause).toString()).build();
            sip.agent().accept(new UserAgentCommand.Reject(session, cause.sipStatus(), null, headers));
        }
    }

    /** Refuses the call with this status before any dialplan ran. */
    void refuse(int status, Headers headers, HangupCause cause, String why) {
        sip.agent().accept(new UserAgentCommand.Reject(session, status, null, headers));
        answered = true;
        hangUp(cause, why);
    }

    @Override
    public @Nullable String technicalItem(String item) {
        return switch (item.toLowerCase(Locale.ROOT)) {
            case "pjsip,call-id", "pjsip,callid" -> invite.callId();
            case "pjsip,remote_addr", "pjsip,remote_address", "recvip", "peerip" -> remoteAddress;
            case "pjsip,local_uri" -> invite.to().uri().toString();
            case "pjsip,remote_uri" -> invite.from().uri().toString();
            case "pjsip,request_uri" -> invite.uri().toString();
            case "pjsip,target_uri" -> invite.uri() instanceof SipUri uri ? uri.toString() : "";
            case "pjsip,local_tag" -> "";
            case "pjsip,remote_tag" -> String.valueOf(invite.fromTag());
            case "rtp,secure", "rtp,secure,audio" -> sdp().isEncrypted() || isEndToEnd() ? "1" : "0";
            case "rtp,endtoend" -> isEndToEnd() ? "1" : "0";
            case "useragent" -> invite.headers().firstOr("User-Agent", "");
            default -> null;
        };
    }
}
