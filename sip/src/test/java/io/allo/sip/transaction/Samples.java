package io.allo.sip.transaction;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Messages, flows and a readable record of what came out of a step, for the tests of transactions. */
final class Samples {
    static final HostPort LOCAL = new HostPort("192.0.2.1", 5060);
    static final HostPort REMOTE = new HostPort("192.0.2.9", 5062);
    static final Flow UDP = new Flow(Flow.UDP, LOCAL, REMOTE, 1);
    static final Flow TCP = new Flow(Flow.TCP, LOCAL, REMOTE, 2);

    private Samples() {}

    static long ms(double milliseconds) {
        return Math.round(milliseconds * TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** A request from 192.0.2.9:5062 with that branch. */
    static SipRequest request(SipMethod method, String branch) {
        return request(method, branch, 1, "abc");
    }

    static SipRequest request(SipMethod method, String branch, int cseq, String fromTag) {
        return bare(method, cseq, fromTag).withHeader("Via", "SIP/2.0/UDP 192.0.2.9:5062;branch=" + branch);
    }

    /** A request without Via. */
    static SipRequest bare(SipMethod method, int cseq, String fromTag) {
        var headers = Headers.builder()
                .add("Max-Forwards", "70")
                .add("From", "<sip:alice@example.com>;tag=" + fromTag)
                .add("To", "<sip:bob@example.net>")
                .add("Call-ID", "call-1")
                .add("CSeq", cseq + " " + method)
                .build();
        return new SipRequest(method, SipUri.parse("sip:bob@example.net"), headers);
    }

    static SipResponse response(SipRequest request, int status) {
        return SipResponse.to(request, status, "totag");
    }

    /** What is in the outbox, one short line each ("send INVITE", "send 200", "received 180", "timed out"), emptied. */
    static List<String> drain(Outbox<TransactionEvent> out) {
        var lines = new ArrayList<String>();
        out.drain(event -> lines.add(line(event)));
        return lines;
    }

    static String line(TransactionEvent event) {
        return switch (event) {
            case TransactionEvent.SendMessage send -> "send " + name(send.message());
            case TransactionEvent.RequestReceived received -> "request " + name(received.request());
            case TransactionEvent.CancelReceived cancel ->
                "cancel of " + cancel.invite().number();
            case TransactionEvent.CancelRefused cancel -> "cancel refused";
            case TransactionEvent.AckReceived ack ->
                ack.invite() == null ? "ack" : "ack of " + ack.invite().number();
            case TransactionEvent.ResponseReceived received -> "received " + name(received.response());
            case TransactionEvent.StrayResponse stray -> "stray " + name(stray.response());
            case TransactionEvent.TimedOut timedOut -> "timed out";
            case TransactionEvent.TransportFailed failed -> "transport failed";
            case TransactionEvent.Terminated terminated -> "terminated";
        };
    }

    static String name(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method().name();
            case SipResponse response -> Integer.toString(response.status());
        };
    }

    /** The messages to be sent among what is in the outbox, emptied. */
    static List<TransactionEvent.SendMessage> sent(Outbox<TransactionEvent> out) {
        var sent = new ArrayList<TransactionEvent.SendMessage>();
        out.drain(event -> {
            if (event instanceof TransactionEvent.SendMessage send) {
                sent.add(send);
            }
        });
        return sent;
    }
}
