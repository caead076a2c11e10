package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.Credentials;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.auth.DigestPolicy;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.auth.DigestVerdict;
import io.allo.sip.auth.DigestVerifier;
import io.allo.sip.auth.NonceBook;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.TransactionEvent;
import io.allo.sip.transaction.TransactionSettings;
import io.allo.sip.transaction.TransactionTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3665 section 2: the registration flows, through transactions, digest and registrar. */
class RegistrationFlowTest {
    private static final Flow BOB =
            new Flow(Flow.TLS, new HostPort("192.0.2.1", 5061), new HostPort("192.0.2.201", 5061), 1);
    private static final DigestPolicy POLICY = DigestPolicy.md5("atlanta.example.com");

    private final Outbox<TransactionEvent> transactions = new Outbox<>();
    private final Outbox<RegistrarEvent> bindings = new Outbox<>();
    private final TransactionTable table =
            new TransactionTable(TransactionSettings.DEFAULT, Flow::local, RandomSource.seeded(1));
    private final DigestVerifier verifier =
            new DigestVerifier(new NonceBook(RandomSource.seeded(2)), RandomSource.seeded(3));
    private final Registrar registrar = new Registrar(
            RegistrarSettings.DEFAULT,
            name -> name.equals("bob") ? AddressOfRecord.of(name).withMaxContacts(2, false, false) : null,
            binding -> false,
            now -> 0,
            RandomSource.seeded(4));
    private final DigestAnswer phone =
            new DigestAnswer(realm -> new Account("bob", new DigestSecret.Password("secret")), RandomSource.seeded(5));
    private int number;

    /** What Bob sends: message F1 of section 2.1 with these header lines. */
    private SipRequest register(String... lines) {
        number++;
        String text = "REGISTER sips:ss2.biloxi.example.com SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS client.biloxi.example.com:5061;branch=z9hG4bKnashds" + number + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: Bob <sips:bob@biloxi.example.com>;tag=a73kszlfl\r\n"
                + "To: Bob <sips:bob@biloxi.example.com>\r\n"
                + "Call-ID: 1j9FpLxk3uxtm8tn@biloxi.example.com\r\n"
                + "CSeq: " + number + " REGISTER\r\n"
                + String.join(
                        "", List.of(lines).stream().map(line -> line + "\r\n").toList())
                + "Content-Length: 0\r\n\r\n";
        return (SipRequest) SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Brings the request in and does what an agent does with it; returns the response that goes out. */
    private SipResponse exchange(SipRequest request) {
        table.receive(BOB, request, 0, transactions);
        var received = (TransactionEvent.RequestReceived) transactions.at(0);
        transactions.clear();
        Credentials credentials = (user, realm) -> user.equals("bob") ? new DigestSecret.Password("secret") : null;
        SipResponse response = switch (verifier.verify(received.request(), POLICY, credentials, 0)) {
            case DigestVerdict.Accepted accepted ->
                registrar.register(received.request(), accepted.username(), new Reception(BOB, false), 0, bindings);
            case DigestVerdict.Challenged challenged ->
                SipResponse.to(received.request(), 401, "1410948204")
                        .withHeader(
                                "WWW-Authenticate",
                                challenged.challenges().get(0).header().toString());
            case DigestVerdict.Malformed malformed -> SipResponse.to(received.request(), 400, "1410948204");
        };
        table.respond(received.transaction(), response, 0, transactions);
        var sent = (TransactionEvent.SendMessage) transactions.at(0);
        transactions.clear();
        assertEquals(BOB, sent.flow());
        return (SipResponse) sent.message();
    }

    /** Challenge, answer, result: F1 to F4. */
    private SipResponse registerWithDigest(String... lines) {
        SipRequest first = phone.sign(register(lines));
        SipResponse response = exchange(first);
        if (response.status() != 401) {
            return response;
        }
        SipRequest signed = phone.answer(register(lines), response);
        assertNotNull(signed);
        return exchange(signed);
    }

    @Test
    void successfulNewRegistration() {
        SipResponse ok = registerWithDigest("Contact: <sips:bob@client.biloxi.example.com>");
        assertEquals(200, ok.status());
        assertEquals(
                List.of("<sips:bob@client.biloxi.example.com>;expires=3600"),
                ok.headers().all("Contact"));
        assertEquals(
                "SIP/2.0/TLS client.biloxi.example.com:5061;branch=z9hG4bKnashds2;received=192.0.2.201",
                ok.topVia().toString());
        assertInstanceOf(RegistrarEvent.BindingAdded.class, bindings.at(0));
    }

    @Test
    void updateOfContactListWithoutANewChallenge() {
        registerWithDigest("Contact: <sips:bob@client.biloxi.example.com>");
        int before = number;
        SipResponse ok = registerWithDigest("Contact: <mailto:bob@biloxi.example.com>");
        assertEquals(400, ok.status(), "the example's mailto is more than a phone system can call");
        ok = registerWithDigest("Contact: <sips:bob@other.biloxi.example.com>");
        assertEquals(2, ok.headers().all("Contact").size());
        assertEquals(before + 2, number, "the nonce was still good");
    }

    @Test
    void requestForCurrentContactList() {
        registerWithDigest("Contact: <sips:bob@client.biloxi.example.com>");
        SipResponse ok = registerWithDigest();
        assertEquals(
                List.of("<sips:bob@client.biloxi.example.com>;expires=3600"),
                ok.headers().all("Contact"));
    }

    @Test
    void cancellationOfRegistration() {
        registerWithDigest("Contact: <sips:bob@client.biloxi.example.com>");
        SipResponse ok = registerWithDigest("Expires: 0", "Contact: *");
        assertEquals(200, ok.status());
        assertEquals(List.of(), ok.headers().all("Contact"));
        assertEquals(0, registrar.bindingCount());
    }

    @Test
    void unsuccessfulRegistration() {
        var wrong = new DigestAnswer(
                realm -> new Account("bob", new DigestSecret.Password("guess")), RandomSource.seeded(6));
        SipResponse challenge = exchange(register("Contact: <sips:bob@client.biloxi.example.com>"));
        SipRequest signed = wrong.answer(register("Contact: <sips:bob@client.biloxi.example.com>"), challenge);
        assertNotNull(signed);
        assertEquals(401, exchange(signed).status());
        assertEquals(0, registrar.bindingCount());
    }
}
