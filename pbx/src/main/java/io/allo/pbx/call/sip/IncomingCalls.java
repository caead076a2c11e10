package io.allo.pbx.call.sip;

import io.allo.media.port.MediaUnavailableException;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.pbx.event.CallEvent;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes calls of INVITEs: endpoint found, channel and call made, the dialplan started. On the SIP loop. */
public final class IncomingCalls {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingCalls.class);

    private final SipSwitch sip;

    /** Makes channels for the calls of {@code sip}. */
    public IncomingCalls(SipSwitch sip) {
        this.sip = sip;
    }

    /** An INVITE came in and was allowed. */
    public void incoming(UserAgentEvent.IncomingCall call) {
        var endpoint = sip.directory().get().endpoint(call.endpoint().name()).orElse(null);
        if (endpoint == null || !sip.calls().isOpen()) {
            reject(call, 503, "no more calls are taken now");
            return;
        }
        var extension = SipIdentity.user(call.invite().uri());
        var start = new DialplanLocation(endpoint.context(), extension.isEmpty() ? "s" : extension, 1);
        try {
            start(call, endpoint, start);
        } catch (MediaUnavailableException noPort) {
            LOG.warn("call from {} to {} refused: {}", endpoint.name(), extension, noPort.getMessage());
            reject(call, 503, "no media port");
        }
    }

    private void start(UserAgentEvent.IncomingCall call, EndpointSettings endpoint, DialplanLocation start) {
        var uniqueId = sip.calls().newUniqueId();
        var log = sip.calls().newLog(uniqueId);
        var channel = new IncomingSipChannel(sip, call, endpoint, uniqueId, log, start);
        log.add(new CallEvent.ChannelCreated(
                sip.clock().epochMillis(),
                uniqueId,
                uniqueId,
                channel.name(),
                endpoint.name(),
                true,
                channel.callerId().number(),
                channel.callerId().name(),
                start.context(),
                start.extension(),
                channel.accountCode(),
                call.invite().callId()));
        var unusable = channel.unusableOffer();
        var known = WireName.isPlain(start.extension())
                && sip.dialplan().exists(start, channel.callerId().number());
        var started = sip.calls().start(channel, running -> {
            if (unusable != null) {
                channel.noteRefusal();
                channel.refuse(488, warning(unusable), HangupCause.BEARER_NOT_AVAILABLE, unusable);
            } else if (!known) {
                running.problem(
                        "no-extension",
                        "there is no extension " + start.extension() + " in context " + start.context(),
                        "il n'y a pas d'extension " + start.extension() + " dans le contexte " + start.context());
                channel.refuse(404, Headers.EMPTY, HangupCause.UNALLOCATED, "no such extension: " + start);
            } else {
                sip.dialplan().script(start).run(running);
            }
        });
        if (!started) {
            channel.refuse(503, Headers.EMPTY, HangupCause.SWITCH_CONGESTION, "no more calls are taken now");
            log.add(new CallEvent.CallEnded(
                    sip.clock().epochMillis(), uniqueId, uniqueId, "no more calls are taken now"));
        }
    }

    private static Headers warning(String why) {
        return Headers.builder()
                .add("Warning", "305 allo \"" + why.replace('"', '\'') + "\"")
                .build();
    }

    private void reject(UserAgentEvent.IncomingCall call, int status, String why) {
        LOG.info("call from {} refused with {}: {}", call.endpoint().name(), status, why);
        sip.agent()
                .accept(new UserAgentCommand.Reject(
                        call.session(),
                        status,
                        null,
                        Headers.builder().add("Retry-After", "10").build()));
    }
}
