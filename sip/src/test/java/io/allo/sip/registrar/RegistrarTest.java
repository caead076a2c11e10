package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 10.3: who may be bound, for how long, in which order. */
class RegistrarTest extends RegistrarScene {
    // Adding, refreshing, removing, fetching

    @Test
    void registrationAddsABindingAndTheAnswerListsIt() {
        SipResponse response = send(register("<sip:alice@10.0.0.5>;q=0.7;+sip.instance=\"<urn:uuid:1>\""));
        assertEquals(200, response.status());
        assertNotNull(response.toTag());
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;q=0.7;+sip.instance=\"<urn:uuid:1>\";expires=3600"),
                response.headers().all("Contact"));
        assertEquals("Sat, 13 Nov 2010 23:29:00 GMT", response.headers().first("Date"));
        assertEquals(List.of("added sip:alice@10.0.0.5"), drain());
    }

    @Test
    void bindingRemembersHowItCame() {
        send(register("<sip:alice@10.0.0.5>;+sip.instance=\"<urn:uuid:1>\""), PLAIN, 5 * SECOND);
        Binding binding = only();
        assertEquals("alice", binding.aor());
        assertEquals(UDP, binding.flow());
        assertEquals("boot-1", binding.callId());
        assertEquals(1, binding.cseq());
        assertEquals("Phone 1.0", binding.userAgent());
        assertEquals("<urn:uuid:1>", binding.instance());
        assertEquals(new HostPort("10.0.0.5", 5060), binding.viaAddress());
        assertEquals(3605 * SECOND, binding.deadlineNanos());
        assertEquals(EPOCH_MS + 3_605_000, binding.expiresAtMs());
        assertEquals(SipUri.parse("sip:alice@10.0.0.5"), binding.target());
    }

    @Test
    void registeringAgainRefreshesTheSameBinding() {
        send(register("<sip:alice@10.0.0.5>"));
        String id = only().id();
        out.clear();
        SipResponse response = send(register("<sip:alice@10.0.0.5>"), PLAIN, 10 * SECOND);
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=3600"), response.headers().all("Contact"));
        assertEquals(List.of("refreshed sip:alice@10.0.0.5"), drain());
        assertEquals(id, only().id());
        assertEquals(3610 * SECOND, registrar.deadlineNanos());
        assertEquals(1, registrar.bindingCount());
    }

    @Test
    void contactsAreComparedAsUris() {
        configure(alice().withMaxContacts(5, false, false));
        send(register("<sip:alice@phone.example.net;transport=udp>"));
        send(register("<sip:alice@PHONE.example.net;transport=UDP>"));
        assertEquals(1, contacts().size());
        send(register("<sip:Alice@phone.example.net;transport=udp>"));
        send(register("<sip:alice@phone.example.net>"));
        assertEquals(3, contacts().size(), "the user's case and a transport parameter count");
    }

    @Test
    void fetchChangesNothing() {
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        SipResponse response = send(register(), PLAIN, 100 * SECOND);
        assertEquals(200, response.status());
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=3500"), response.headers().all("Contact"));
        assertEquals(List.of(), drain());
    }

    @Test
    void expiresZeroRemovesThatContact() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>"));
        out.clear();
        SipResponse response = send(register("<sip:alice@10.0.0.5>;expires=0"));
        assertEquals(
                List.of("<sip:alice@10.0.0.6>;expires=3600"), response.headers().all("Contact"));
        assertEquals(List.of("removed sip:alice@10.0.0.5 UNREGISTERED"), drain());
        assertEquals(200, send(register("<sip:alice@10.0.0.99>;expires=0")).status(), "gone is gone");
        assertEquals(List.of(), drain());
    }

    @Test
    void expiresHeaderZeroRemovesToo() {
        send(register("<sip:alice@10.0.0.5>"));
        send(register("<sip:alice@10.0.0.5>").withHeader("Expires", "0"));
        assertEquals(List.of(), contacts());
        assertEquals(Long.MAX_VALUE, registrar.deadlineNanos());
        assertEquals(List.of(), List.copyOf(registrar.locations()));
    }

    @Test
    void starRemovesEverything() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>"));
        out.clear();
        SipResponse response = send(register("*").withHeader("Expires", "0"));
        assertEquals(200, response.status());
        assertEquals(List.of(), response.headers().all("Contact"));
        assertEquals(
                List.of("removed sip:alice@10.0.0.5 UNREGISTERED", "removed sip:alice@10.0.0.6 UNREGISTERED"), drain());
    }

    @Test
    void starNeedsExpiresZeroAndNoCompany() {
        send(register("<sip:alice@10.0.0.5>"));
        assertEquals(400, send(register("*")).status());
        assertEquals(400, send(register("*").withHeader("Expires", "60")).status());
        assertEquals(
                400,
                send(register("*", "<sip:alice@10.0.0.6>").withHeader("Expires", "0"))
                        .status());
        assertEquals(1, contacts().size());
    }

    // Expiry

    @Test
    void parameterComesBeforeHeaderBeforeDefault() {
        configure(alice().withMaxContacts(3, false, false).withExpiration(1800, 60, 7200));
        SipRequest request =
                register("<sip:a@10.0.0.1>;expires=100", "<sip:b@10.0.0.2>").withHeader("Expires", "200");
        assertEquals(
                List.of("<sip:a@10.0.0.1>;expires=100", "<sip:b@10.0.0.2>;expires=200"),
                send(request).headers().all("Contact"));
        assertEquals(
                "<sip:c@10.0.0.3>;expires=1800",
                send(register("<sip:c@10.0.0.3>")).headers().all("Contact").get(2));
    }

    @Test
    void tooLongIsShortened() {
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=7200"),
                send(register("<sip:alice@10.0.0.5>;expires=4294967296000"))
                        .headers()
                        .all("Contact"));
    }

    @Test
    void malformedExpiresCountsAsAnHour() {
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=3600"),
                send(register("<sip:alice@10.0.0.5>;expires=soon")).headers().all("Contact"));
    }

    @Test
    void tooShortIs423AndChangesNothing() {
        configure(alice().withMaxContacts(2, false, false));
        SipResponse response = send(register("<sip:alice@10.0.0.6>", "<sip:alice@10.0.0.5>;expires=59"));
        assertEquals(423, response.status());
        assertEquals("60", response.headers().first("Min-Expires"));
        assertEquals(List.of(), contacts());
        assertEquals(List.of(), drain());
        assertEquals(200, send(register("<sip:alice@10.0.0.5>;expires=60")).status());
    }

    @Test
    void bindingExistsExactlyAsLongAsItsExpiry() {
        send(register("<sip:alice@10.0.0.5>;expires=60"));
        out.clear();
        assertEquals(60 * SECOND, registrar.deadlineNanos());
        registrar.onDeadline(60 * SECOND - 1, out);
        assertEquals(1, contacts().size());
        registrar.onDeadline(60 * SECOND, out);
        assertEquals(List.of("removed sip:alice@10.0.0.5 EXPIRED"), drain());
        assertEquals(0, registrar.bindingCount());
        assertEquals(Long.MAX_VALUE, registrar.deadlineNanos());
    }

    // Order

    @Test
    void requestThatCameTooLateFails() {
        SipRequest first = register("<sip:alice@10.0.0.5>");
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        assertEquals(
                500,
                send(first.withHeader("Contact", "<sip:alice@10.0.0.5>;expires=0"))
                        .status());
        assertEquals(
                500,
                send(first.withHeader("Contact", "*").withHeader("Expires", "0"))
                        .status());
        assertEquals(500, send(first).status());
        assertEquals(List.of(), drain());
        assertEquals(1, contacts().size());
    }

    @Test
    void afterARebootTheCallIdIsAnotherAndTheNumberMayBeLower() {
        send(register("<sip:alice@10.0.0.5>"));
        send(register("<sip:alice@10.0.0.5>"));
        cseq = 0;
        assertEquals(
                200,
                send(register("<sip:alice@10.0.0.5>").withHeader("Call-ID", "boot-2"))
                        .status());
        assertEquals("boot-2", only().callId());
        assertEquals(1, only().cseq());
    }

    // How many

    @Test
    void secondContactIsRefusedWhereOneIsAllowed() {
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        assertEquals(403, send(register("<sip:alice@10.0.0.6>")).status());
        assertEquals(List.of(), drain());
        assertEquals(List.of("sip:alice@10.0.0.5"), contacts());
    }

    @Test
    void maxContactsOfZeroCountsAsOne() {
        configure(alice().withMaxContacts(0, false, false));
        assertEquals(200, send(register("<sip:alice@10.0.0.5>")).status());
        assertEquals(403, send(register("<sip:alice@10.0.0.6>")).status());
    }

    @Test
    void removeExistingLetsTheOneThatExpiresFirstGo() {
        configure(alice().withMaxContacts(2, true, false));
        send(register("<sip:alice@10.0.0.5>;expires=600", "<sip:alice@10.0.0.6>;expires=300"));
        out.clear();
        assertEquals(200, send(register("<sip:alice@10.0.0.7>")).status());
        assertEquals(List.of("added sip:alice@10.0.0.7", "removed sip:alice@10.0.0.6 REPLACED"), drain());
        assertEquals(List.of("sip:alice@10.0.0.5", "sip:alice@10.0.0.7"), contacts());
        assertEquals(2, registrar.bindingCount());
    }

    @Test
    void moreAtOnceThanAllowedIsRefusedEvenThen() {
        configure(alice().withMaxContacts(1, true, false));
        assertEquals(
                403,
                send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>")).status());
        assertEquals(List.of(), contacts());
    }

    @Test
    void removeUnavailableLetsOnlyTheDeadGo() {
        configure(alice().withMaxContacts(1, false, true));
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        assertEquals(403, send(register("<sip:alice@10.0.0.6>")).status());
        dead.add("sip:alice@10.0.0.5");
        assertEquals(200, send(register("<sip:alice@10.0.0.6>")).status());
        assertEquals(List.of("added sip:alice@10.0.0.6", "removed sip:alice@10.0.0.5 UNAVAILABLE"), drain());
    }

    @Test
    void sameDeviceUnderAnotherAddressTakesItsOwnPlace() {
        String instance = ";+sip.instance=\"<urn:uuid:1>\"";
        send(register("<sip:alice@10.0.0.5>" + instance));
        out.clear();
        assertEquals(200, send(register("<sip:alice@10.9.9.9>" + instance)).status());
        assertEquals(List.of("added sip:alice@10.9.9.9", "removed sip:alice@10.0.0.5 REPLACED"), drain());
        assertEquals(
                403,
                send(register("<sip:alice@10.0.0.6>;+sip.instance=\"<urn:uuid:2>\""))
                        .status());
    }

    @Test
    void refreshIsNotRefusedAfterTheLimitWasLowered() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>"));
        configure(alice());
        assertEquals(200, send(register("<sip:alice@10.0.0.5>")).status());
        assertEquals(2, contacts().size());
    }

    @Test
    void fullRegistrarSays503() {
        registrar = registrar(new RegistrarSettings(1), EPOCH_MS);
        configure(AddressOfRecord.of("bob"));
        registrar.register(register("<sip:bob@10.0.0.1>"), "bob", PLAIN, 0, out);
        out.clear();
        SipResponse response = send(register("<sip:alice@10.0.0.5>"));
        assertEquals(503, response.status());
        assertNotNull(response.headers().first("Retry-After"));
        assertEquals(List.of(), drain());
        assertEquals(
                200,
                registrar
                        .register(register("<sip:bob@10.0.0.1>"), "bob", PLAIN, 0, out)
                        .status(),
                "who is there may stay");
    }

    // What can't be registered

    @Test
    void unknownAddressOfRecordIs404() {
        assertEquals(
                404,
                registrar
                        .register(register("<sip:x@10.0.0.1>"), "nobody", PLAIN, 0, out)
                        .status());
    }

    @Test
    void extensionThatIsRequiredAndUnknownIs420() {
        SipResponse response = send(register("<sip:alice@10.0.0.5>").withHeader("Require", "path, gruu, outbound"));
        assertEquals(420, response.status());
        assertEquals(List.of("path", "gruu", "outbound"), response.headers().all("Unsupported"));
        configure(alice().withSupportPath(true));
        response = send(register("<sip:alice@10.0.0.5>").withHeader("Require", "path, gruu"));
        assertEquals(List.of("gruu"), response.headers().all("Unsupported"));
    }

    @Test
    void contactThatIsNoSipUriIs400() {
        assertEquals(400, send(register("<tel:+33123456789>")).status());
        assertEquals(400, send(register("<mailto:alice@example.net>")).status());
        assertEquals(400, send(register("<sip:alice@10.0.0.5")).status());
        assertEquals(List.of(), drain());
    }

    @Test
    void regIdIsPassedOver() {
        SipResponse response = send(register("<sip:alice@10.0.0.5>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"")
                .withHeader("Supported", "path, outbound"));
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;+sip.instance=\"<urn:uuid:1>\";expires=3600"),
                response.headers().all("Contact"));
        assertNull(response.headers().first("Require"));
    }
}
