package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.0.0/16, 192.168.255.1, true",
        "192.168.0.0/16, 192.169.0.1, false",
        "10.0.0.0/255.128.0.0, 10.127.1.1, true",
        "10.0.0.0/255.128.0.0, 10.128.1.1, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:1::5, true",
        "2001:db8::/33, 2001:db8:8000::5, false",
        "::ffff:192.0.2.0/120, ::ffff:192.0.2.77, true",
        "fe80::/10, febf::1, true",
        "172.16.0.0/12, 172.32.0.1, false",
        "10.0.0.0/8, example.com, false"
    })
    void holdsItsAddresses(String range, String host, boolean inside) {
        assertEquals(inside, AddressRange.parse(range).contains(host));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        for (String text :
                new String[] {"example.com/8", "10.0.0.0/33", "10.0.0.0/255.0.255.0", "10.0.0/8", "::/129"}) {
            assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text), text);
        }
    }
}
