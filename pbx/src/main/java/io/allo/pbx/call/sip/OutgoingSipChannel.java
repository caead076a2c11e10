package io.allo.pbx.call.sip;

import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.pbx.event.CallLog;
import io.allo.sip.agent.CallTarget;
import io.allo.sip.agent.OutgoingProfile;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel of somebody we call: one contact. Owned by its call. */
public final class OutgoingSipChannel extends SipChannel {

    /** What was offered can't be taken as it is: RFC 3261 21.4.13, 21.4.26, 21.6.4. */
    private static final Set<Integer> OTHER_MEDIA = Set.of(415, 488, 606);

    private final CallTarget target;
    private Headers received = Headers.EMPTY;
    private byte @Nullable [] lastAnswer;
    private boolean dialed;
    private String callId = "";

    OutgoingSipChannel(
            SipSwitch sip,
            EndpointSettings settings,
            CallTarget target,
            String uniqueId,
            CallLog log,
            DialplanLocation start,
            Addresses addresses) {
        super(sip, sip.sessions().newId(), settings, uniqueId, log, start, addresses);
        this.target = target;
    }

    @Override
    public Headers receivedHeaders() {
        return received;
    }

    @Override
    public void dial() {
        if (dialed || isHungUp()) {
            return;
        }
        dialed = true;
        place(sdp().offer());
    }

    private void place(byte[] offer) {
        var directory = sip.directory().get();
        var contactUser = settings.nat().contactUser();
        var profile = new OutgoingProfile(
                SipIdentity.from(connectedLine(), settings, localHost()),
                directory.accounts(settings),
                settings.session(),
                contactUser.isEmpty() ? null : contactUser,
                settings.nat().rewriteContact(),
                settings.name());
        var headers = SipIdentity.identity(connectedLine(), settings, localHost()).toBuilder();
        pendingHeaders().forEach(headers::add);
        headers.set(HeaderName.MAX_FORWARDS, Integer.toString(hopsLeft()));
        sip.agent().accept(new UserAgentCommand.PlaceCall(session, target, profile, offer, headers.build()));
    }

    @Override
    public void ring() {
        // the far side is the one that rings
    }

    @Override
    public void progress() {
        // the far side is the one that sends early media
    }

    @Override
    public void answer() {
        // the far side is the one that answers
    }

    @Override
    void end(HangupCause cause) {
        if (dialed) {
            super.end(cause);
        } else {
            sip.sessions().tell(new UserAgentEvent.SessionEnded(session));
        }
    }

    @Override
    @Nullable
    ChannelEvent inSession(UserAgentEvent.SessionEvent event) {
        return switch (event) {
            case UserAgentEvent.CallProgress progress -> progressed(progress);
            case UserAgentEvent.CallAnswered answered -> answered(answered);
            case UserAgentEvent.CallRefused refused -> refused(refused);
            default -> super.inSession(event);
        };
    }

    private @Nullable ChannelEvent progressed(UserAgentEvent.CallProgress progress) {
        received = progress.headers();
        var answer = progress.sdp();
        if (answer != null && !Arrays.equals(answer, lastAnswer)) {
            if (!sdp().accept(answer)) {
                return unusable();
            }
            lastAnswer = answer;
            return new ChannelEvent.Progress(true, progress.status() == 180);
        }
        return switch (progress.status()) {
            case 180 -> new ChannelEvent.Ringing();
            case 183 -> new ChannelEvent.Progress(media() != null, false);
            default -> null;
        };
    }

    private ChannelEvent answered(UserAgentEvent.CallAnswered answered) {
        received = answered.headers();
        callId = answered.response().callId();
        var answer = answered.sdp();
        if (answer != null && !Arrays.equals(answer, lastAnswer)) {
            if (!sdp().accept(answer)) {
                return unusable();
            }
            lastAnswer = answer;
        }
        return sdp().agreed() == null ? unusable() : new ChannelEvent.Answered();
    }

    private @Nullable ChannelEvent refused(UserAgentEvent.CallRefused refused) {
        received = refused.headers();
        if (OTHER_MEDIA.contains(refused.status()) && sdp().canOfferOtherWay()) {
            session = sip.sessions().newId();
            sip.sessions().put(session, this);
            place(sdp().offerOtherWay());
            return null;
        }
        if (refused.status() >= 300
                && refused.status() < 400
                && settings.behaviour().followRedirects()) {
            var contacts = new ArrayList<String>();
            refused.contacts().stream()
                    .map(OutgoingSipChannel::redirectTarget)
                    .filter(WireName::isPlain)
                    .forEach(contacts::add);
            if (!contacts.isEmpty()) {
                post(new ChannelEvent.HungUp(HangupCause.NORMAL_CLEARING, refused.status(), refused.reason()));
                return new ChannelEvent.Redirected(List.copyOf(contacts));
            }
        }
        return new ChannelEvent.HungUp(
                cause(refused.status(), refused.reasonHeader()),
                refused.status(),
                refused.status() + " " + refused.reason());
    }

    /** As redirect_method=user has it: the contact's user is an extension in the caller's context. */
    private static String redirectTarget(io.allo.sip.address.NameAddress contact) {
        return SipIdentity.user(contact.uri());
    }

    private static HangupCause cause(int status, @Nullable ReasonHeader reason) {
        return reason != null && reason.protocol().equalsIgnoreCase("Q.850") && reason.cause() > 0
                ? HangupCause.of(reason.cause())
                : HangupCause.ofSip(status);
    }

    @Override
    public @Nullable String technicalItem(String item) {
        return switch (item.toLowerCase(Locale.ROOT)) {
            case "pjsip,call-id", "pjsip,callid" -> callId;
            case "pjsip,target_uri", "pjsip,request_uri", "pjsip,remote_uri" ->
                target.requestUri().toString();
            case "rtp,secure", "rtp,secure,audio" -> sdp().isEncrypted() || isEndToEnd() ? "1" : "0";
            case "rtp,endtoend" -> isEndToEnd() ? "1" : "0";
            case "useragent" -> received.firstOr("User-Agent", received.firstOr("Server", ""));
            default -> null;
        };
    }
}
