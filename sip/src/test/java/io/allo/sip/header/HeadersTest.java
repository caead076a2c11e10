package io.allo.sip.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.SipParseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    private static final Headers ROUTED = Headers.builder()
            .add("v", "SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2")
            .add("VIA", "SIP/2.0/UDP c;branch=3")
            .add("Route", "<sip:a,b@c;lr>, \"x, \\\" y\" <sip:d;lr>")
            .add("Subject", "one, two")
            .build();

    @Test
    void namesAreFoundInAnyCaseAndInCompactForm() {
        assertTrue(ROUTED.has("via"));
        assertEquals("one, two", ROUTED.first("s"));
        assertEquals("Via", ROUTED.nameAt(0));
        assertEquals(2, ROUTED.lines("V"));
        assertNull(ROUTED.first("Call-ID"));
        assertEquals("x", ROUTED.firstOr("Call-ID", "x"));
    }

    @Test
    void listsAreSplitAtCommasOutsideQuotesAndBrackets() {
        assertEquals(List.of("<sip:a,b@c;lr>", "\"x, \\\" y\" <sip:d;lr>"), ROUTED.all("Route"));
        assertEquals(3, ROUTED.all("Via").size());
        assertEquals(List.of("one, two"), ROUTED.all("Subject"));
        assertEquals("SIP/2.0/UDP a;branch=1", ROUTED.first("Via"));
    }

    @Test
    void theFirstValueIsTakenAwayAlone() {
        Headers second = ROUTED.withoutFirst("Via");
        assertEquals(List.of("SIP/2.0/UDP b;branch=2", "SIP/2.0/UDP c;branch=3"), second.all("Via"));
        Headers third = second.withoutFirst("Via");
        assertEquals(List.of("SIP/2.0/UDP c;branch=3"), third.all("Via"));
        assertFalse(third.withoutFirst("Via").has("Via"));
        assertSame(Headers.EMPTY, Headers.EMPTY.withoutFirst("Via"));
        assertFalse(ROUTED.withoutFirst("Subject").has("Subject"));
    }

    @Test
    void aHeaderIsReplacedInItsPlace() {
        Headers headers = ROUTED.with("via", "SIP/2.0/UDP z;branch=9");
        assertEquals(1, headers.lines("Via"));
        assertEquals("Via", headers.nameAt(0));
        assertEquals("SIP/2.0/UDP z;branch=9", headers.valueAt(0));
        assertEquals("new", ROUTED.with("X-New", "new").valueAt(ROUTED.size()));
    }

    @Test
    void linesAreAddedAfterAndPutBeforeTheirLike() {
        assertEquals("SIP/2.0/UDP z", ROUTED.prepending("Via", "SIP/2.0/UDP z").valueAt(0));
        assertEquals("SIP/2.0/UDP z", ROUTED.adding("Via", "SIP/2.0/UDP z").valueAt(2));
        assertEquals("X-New", ROUTED.prepending("X-New", "1").nameAt(0));
        assertEquals("Subject", ROUTED.without("Via").without("Route").nameAt(0));
    }

    @Test
    void typedValuesFollowTheirLineWhenHeadersAreChanged() {
        ViaHeader top = ROUTED.topVia();
        Headers changed = ROUTED.prepending("Via", "SIP/2.0/TCP z;branch=9")
                .with("Subject", "other")
                .without("Route");
        assertEquals(
                List.of("9", "1", "2", "3"),
                changed.vias().stream().map(ViaHeader::branch).toList());
        assertSame(top, changed.vias().get(1));
        assertEquals("7", changed.with("Via", "SIP/2.0/UDP q;branch=7").topVia().branch());
        assertEquals("1", changed.withoutFirst("Via").topVia().branch());
        assertEquals(
                "2", changed.withoutFirst("Via").withoutFirst("Via").topVia().branch());
    }

    @Test
    void aValueThatWouldBreakItsLineIsOurMistake() {
        assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("Subject", "a\r\nVia: x"));
        assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("Subject", "a\nb"));
        assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("Sub ject", "a"));
        assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("", "a"));
    }

    @Test
    void everyNameIsFoundInItsOctetsInAnyCase() {
        for (String name :
                List.of("Via", "v", "CSEQ", "www-authenticate", "P-Asserted-Identity", "SIP-ETag", "rAcK", "y")) {
            byte[] bytes = (" " + name + ":").getBytes(StandardCharsets.US_ASCII);
            assertSame(HeaderName.canonical(name), HeaderName.of(bytes, 1, bytes.length - 1));
            assertSame(HeaderName.canonical(name), HeaderName.canonical(name.toUpperCase(Locale.ROOT)));
        }
        byte[] unknown = "X-Thing".getBytes(StandardCharsets.US_ASCII);
        assertEquals("X-Thing", HeaderName.of(unknown, 0, unknown.length));
        assertEquals("m", HeaderName.compact(HeaderName.CONTACT));
        assertEquals("Route", HeaderName.compact(HeaderName.ROUTE));
    }

    @Test
    void equalityIgnoresTheCaseOfNamesAndNothingElse() {
        Headers a = Headers.builder().add("X-a", "1").add("X-b", "2").build();
        assertEquals(a, Headers.builder().add("x-A", "1").add("X-B", "2").build());
        assertEquals(
                a.hashCode(),
                Headers.builder().add("x-A", "1").add("X-B", "2").build().hashCode());
        assertNotEquals(a, Headers.builder().add("X-b", "2").add("X-a", "1").build());
        assertNotEquals(a, a.with("X-a", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:a>,,<sip:b>", ",<sip:a>", "<sip:a>,", "<sip:a>, \"b"})
    void anEmptyOrOpenValueInAListIsMalformed(String value) {
        Headers headers = Headers.EMPTY.with("Contact", value);
        assertThrows(SipParseException.class, headers::contact);
    }

    @Test
    void anEmptyListHasNoValues() {
        Headers headers = Headers.EMPTY.with("Supported", "");
        assertTrue(headers.has("Supported"));
        assertNull(headers.first("Supported"));
        assertEquals(List.of(), headers.all("Supported"));
    }

    @Test
    void tokensAreLookedUpInAllLines() {
        Headers headers = Headers.EMPTY.adding("Supported", "timer, Path").adding("k", "100rel");
        assertTrue(headers.hasToken("Supported", "path"));
        assertTrue(headers.hasToken("Supported", "100rel"));
        assertFalse(headers.hasToken("Supported", "gruu"));
    }

    @Test
    void numbersAreReadUpTo32Bits() {
        assertEquals(0xFFFF_FFFFL, Headers.EMPTY.with("Expires", "4294967295").number("Expires"));
        assertEquals(-1, Headers.EMPTY.number("Expires"));
        for (String bad : List.of("4294967296", "-1", "1.5", "", "x")) {
            Headers headers = Headers.EMPTY.with("Expires", bad);
            assertThrows(SipParseException.class, () -> headers.number("Expires"), bad);
        }
    }

    @Test
    void asManyValuesAsAllowedStandOnOneLineAndNotOneMore() {
        Headers full = Headers.EMPTY.with("Route", "<sip:a>" + ",<sip:a>".repeat(ValueList.MAX_VALUES - 1));
        assertEquals(ValueList.MAX_VALUES, full.routes().size());
        Headers over = full.with("Route", full.valueAt(0) + ",<sip:a>");
        assertThrows(SipParseException.class, over::routes);
        assertThrows(SipParseException.class, () -> over.all("Route"));
    }
}
