package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.allo.sip.address.SipUri;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressOfRecordTest {
    @Test
    void defaultsAreThoseOfAsteriskButForOneContact() {
        AddressOfRecord aor = AddressOfRecord.of("alice");
        assertEquals(1, aor.maxContacts());
        assertEquals(3600, aor.defaultExpirationSeconds());
        assertEquals(60, aor.minimumExpirationSeconds());
        assertEquals(7200, aor.maximumExpirationSeconds());
        assertEquals(0, aor.qualifyFrequencySeconds());
        assertEquals(3000, aor.qualifyTimeoutMs());
    }

    @Test
    void eachSettingIsChangedAlone() {
        var contacts = List.of(SipUri.parse("sip:gate@192.0.2.1"));
        AddressOfRecord aor = AddressOfRecord.of("alice")
                .withContacts(contacts)
                .withSupportPath(true)
                .withQualify(30, 500, true)
                .withMaxContacts(4, true, true)
                .withExpiration(100, 50, 200);
        assertEquals(new AddressOfRecord("alice", 4, true, true, 100, 50, 200, contacts, true, 30, 500, true), aor);
    }

    @Test
    void defaultLiesWithinItsLimits() {
        assertEquals(120, AddressOfRecord.of("a").withExpiration(3600, 60, 120).defaultExpirationSeconds());
        assertEquals(600, AddressOfRecord.of("a").withExpiration(60, 600, 7200).defaultExpirationSeconds());
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        AddressOfRecord aor = AddressOfRecord.of("a");
        assertThrows(IllegalArgumentException.class, () -> aor.withExpiration(60, 120, 60));
        assertThrows(IllegalArgumentException.class, () -> aor.withExpiration(60, -1, 60));
        assertThrows(IllegalArgumentException.class, () -> aor.withQualify(-1, 3000, false));
        assertThrows(IllegalArgumentException.class, () -> aor.withQualify(1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new RegistrarSettings(0));
    }
}
