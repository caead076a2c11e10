package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.header.ContactHeader;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a phone registers, by hand: it repeats its REGISTER until it is answered (RFC 3261 section 17.1.2) and answers
 * challenges. Whoever has the turn.
 */
final class RegisterClient {

    private static final long T1_NANOS = 500_000_000L;
    private static final long T2_NANOS = 4_000_000_000L;
    private static final long GIVE_UP_NANOS = 32_000_000_000L;

    private final SimQueue queue;
    private final SimNetwork network;
    private final RandomSource random;
    private final HostPort address;
    private final HostPort server;
    private final String user;
    private final IntConsumer done;
    private final String callId;
    private final DigestAnswer digest;
    private long cseq;
    private @Nullable SipRequest pending;
    private SimQueue.@Nullable Step again;
    private long giveUpAt;
    private int challenges;

    /** {@code done} is told the seconds the server granted, -1 if it did not. */
    RegisterClient(
            SimQueue queue,
            SimNetwork network,
            RandomSource random,
            HostPort address,
            HostPort server,
            String user,
            String password,
            IntConsumer done) {
        this.queue = queue;
        this.network = network;
        this.random = random;
        this.address = address;
        this.server = server;
        this.user = user;
        this.done = done;
        this.callId = "reg-" + user + "-" + Long.toHexString(random.nextLong());
        this.digest = new DigestAnswer(realm -> new Account(user, new DigestSecret.Password(password)), random);
    }

    /** Registers for so many seconds; 0 unregisters. */
    void register(int seconds) {
        var uri = SipUri.of(user, address);
        var headers = Headers.builder()
                .add("Max-Forwards", "70")
                .add("From", "<sip:" + user + "@" + server.host() + ">;tag=" + Long.toHexString(random.nextLong()))
                .add("To", "<sip:" + user + "@" + server.host() + ">")
                .add("Call-ID", callId)
                .add("Contact", "<" + uri + ">")
                .add("Expires", Integer.toString(seconds))
                .build();
        challenges = 0;
        giveUpAt = queue.now() + GIVE_UP_NANOS;
        send(digest.sign(new SipRequest(SipMethod.REGISTER, SipUri.of(null, server), headers)));
    }

    private void send(SipRequest request) {
        var headers = request.headers().toBuilder();
        headers.remove("Via");
        headers.prepend(
                "Via", "SIP/2.0/UDP " + address + ";branch=z9hG4bK" + Long.toHexString(random.nextLong()) + ";rport");
        headers.set("CSeq", ++cseq + " REGISTER");
        var stamped = request.withHeaders(headers.build());
        pending = stamped;
        repeat(stamped, T1_NANOS);
    }

    private void repeat(SipRequest request, long waitNanos) {
        if (pending != request) {
            return;
        }
        if (queue.now() >= giveUpAt) {
            pending = null;
            done.accept(-1);
            return;
        }
        network.send(address, server, request);
        again = queue.after(waitNanos, () -> repeat(request, Math.min(waitNanos * 2, T2_NANOS)));
    }

    /** The phone was switched off. */
    void stop() {
        pending = null;
        cancelRepeat();
    }

    /** Takes a message if it is an answer to a REGISTER. */
    boolean take(SipMessage message) {
        if (!(message instanceof SipResponse response)
                || !response.cseq().method().equals("REGISTER")) {
            return false;
        }
        var request = pending;
        if (request == null || response.cseq().number() != cseq || response.isProvisional()) {
            return true;
        }
        pending = null;
        cancelRepeat();
        if (response.status() == 401 && challenges++ < 3) {
            var signed = digest.answer(request, response);
            if (signed != null) {
                send(signed);
                return true;
            }
        }
        done.accept(response.isSuccess() ? granted(response) : -1);
        return true;
    }

    private int granted(SipResponse response) {
        for (var contact : response.headers().contact().addresses()) {
            if (contact.uri() instanceof SipUri uri && uri.hostPort().equals(address)) {
                return (int) ContactHeader.expires(contact);
            }
        }
        return 0;
    }

    private void cancelRepeat() {
        var step = again;
        if (step != null) {
            step.cancel();
            again = null;
        }
    }
}
