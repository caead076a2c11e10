package io.allo.sip.dialog;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Uri;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.CSeqHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;

/**
 * One dialog at this end: who is who, where the next request goes and which number it has. RFC 3261 section 12. Owned by the SIP loop.
 */
public final class Dialog {
    /** RFC 3261 section 12: made by a provisional response, by a 2xx, or over. */
    public enum State {
        EARLY,
        CONFIRMED,
        TERMINATED
    }

    private static final long NONE_YET = -1;

    private final DialogId id;
    private final NameAddress local;
    private final NameAddress remote;
    private State state = State.EARLY;
    private RouteSet routeSet;
    private Uri remoteTarget;
    private long localSequence;
    private long remoteSequence;
    private Flow flow;

    private Dialog(
            DialogId id,
            NameAddress local,
            NameAddress remote,
            RouteSet routeSet,
            Uri remoteTarget,
            long localSequence,
            long remoteSequence,
            Flow flow) {
        this.id = id;
        this.local = local;
        this.remote = remote;
        this.routeSet = routeSet;
        this.remoteTarget = remoteTarget;
        this.localSequence = localSequence;
        this.remoteSequence = remoteSequence;
        this.flow = flow;
    }

    /**
     * The dialog that answering {@code request} with {@code localTag} makes. {@code firstSequence} is what our first request in it is
     * numbered after. A request without Contact is answered at its From. RFC 3261 section 12.1.1.
     */
    public static Dialog ofServer(SipRequest request, String localTag, long firstSequence, Flow flow) {
        var id = new DialogId(request.callId(), localTag, DialogId.orEmpty(request.fromTag()));
        NameAddress local = request.to().withParameter("tag", localTag);
        Uri target = targetOf(request, request.from().uri());
        RouteSet routes = RouteSet.ofServer(request);
        return new Dialog(
                id,
                local,
                request.from(),
                routes,
                target,
                firstSequence,
                request.cseq().number(),
                flow);
    }

    /** The dialog that {@code response} with a To tag to our {@code request} makes. RFC 3261 section 12.1.2. */
    public static Dialog ofClient(SipRequest request, SipResponse response, Flow flow) {
        DialogId id = DialogId.ofResponse(response);
        Uri target = targetOf(response, request.uri());
        RouteSet routes = RouteSet.ofClient(response);
        long sequence = request.cseq().number();
        return new Dialog(id, response.from(), response.to(), routes, target, sequence, NONE_YET, flow);
    }

    /** The dialog that a response makes whose request is forgotten: for ending it. */
    public static Dialog ofClient(SipResponse response, Flow flow) {
        Uri target = targetOf(response, response.to().uri());
        RouteSet routes = RouteSet.ofClient(response);
        DialogId id = DialogId.ofResponse(response);
        long sequence = response.cseq().number();
        return new Dialog(id, response.from(), response.to(), routes, target, sequence, NONE_YET, flow);
    }

    /** Call-ID and both tags. RFC 3261 section 12. */
    public DialogId id() {
        return id;
    }

    /** Early until a 2xx, confirmed until it ends. RFC 3261 section 12.1. */
    public State state() {
        return state;
    }

    /** Our end's address with its tag: From of our requests. */
    public NameAddress local() {
        return local;
    }

    /** The other end's address with its tag: To of our requests. */
    public NameAddress remote() {
        return remote;
    }

    /** Where the other end said it is to be reached. */
    public Uri remoteTarget() {
        return remoteTarget;
    }

    /** Which flow the other end was last heard on. */
    public Flow flow() {
        return flow;
    }

    /** The next hop of a request in this dialog. */
    public Uri nextHop() {
        return routeSet.pathTo(remoteTarget).nextHop();
    }

    /** The Request-URI of a request in this dialog: the remote target, or a strict router on the way to it. */
    public Uri requestUri() {
        return routeSet.pathTo(remoteTarget).requestUri();
    }

    /** The number of our last request. */
    public long localSequence() {
        return localSequence;
    }

    /** The other end was heard on this flow. */
    public void heardOn(Flow newFlow) {
        flow = newFlow;
    }

    /**
     * A 2xx to our INVITE: the dialog is confirmed, its route set and target are those of the 2xx. RFC 3261 section 13.2.2.4.
     */
    public void confirm(SipResponse response) {
        if (state == State.EARLY) {
            routeSet = RouteSet.ofClient(response);
        }
        confirm();
        refreshTarget(response);
    }

    /** We sent a 2xx, or its ACK came. */
    public void confirm() {
        if (state == State.EARLY) {
            state = State.CONFIRMED;
        }
    }

    /**
     * It is over: BYE was sent or received, the INVITE failed, or a request was answered with 481 or 408. RFC 3261
     * section 12.3.
     */
    public void terminate() {
        state = State.TERMINATED;
    }

    /** A target refresh (INVITE, UPDATE, or a 2xx to ours) with a Contact moves the other end there. RFC 3261 section 12.2. */
    public void refreshTarget(SipMessage message) {
        remoteTarget = targetOf(message, remoteTarget);
    }

    /**
     * Whether a request is in order; its number is kept then. One with a lower number than the last comes late and gets 500. RFC 3261
     * section 12.2.2.
     */
    public boolean accepts(SipRequest request) {
        CSeqHeader cseq = request.cseq();
        if (cseq.number() < remoteSequence) {
            return false;
        }
        remoteSequence = cseq.number();
        return true;
    }

    /** Our next request, without Via and Contact, which depend on the flow it takes. RFC 3261 section 12.2.1.1. */
    public SipRequest request(SipMethod method) {
        return request(method, nextSequence());
    }

    /** The ACK to a 2xx of the INVITE with that number. RFC 3261 section 13.2.2.4. */
    public SipRequest ack(long inviteSequence) {
        return request(SipMethod.ACK, inviteSequence);
    }

    /** The same request once more, under a new number. */
    public SipRequest renumbered(SipRequest request) {
        var cseq = new CSeqHeader(nextSequence(), request.method().name());
        return request.withHeader(HeaderName.CSEQ, cseq.toString());
    }

    /** Our INVITE, for which this dialog is early, was sent again under that number. */
    public void sequenceAtLeast(long sequence) {
        localSequence = Math.max(localSequence, sequence);
    }

    private long nextSequence() {
        localSequence++;
        return localSequence;
    }

    private SipRequest request(SipMethod method, long sequence) {
        RouteSet.Path path = routeSet.pathTo(remoteTarget);
        Headers.Builder headers = Headers.builder();
        path.writeTo(headers);
        headers.append(HeaderName.FROM, local.toString())
                .append(HeaderName.TO, remote.toString())
                .append(HeaderName.CALL_ID, id.callId())
                .append(HeaderName.CSEQ, new CSeqHeader(sequence, method.name()).toString());
        return new SipRequest(method, path.requestUri(), headers.build());
    }

    private static Uri targetOf(SipMessage message, Uri otherwise) {
        NameAddress contact = message.headers().contact().first();
        return contact == null ? otherwise : contact.uri();
    }
}
