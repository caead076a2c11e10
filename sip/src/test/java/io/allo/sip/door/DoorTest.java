package io.allo.sip.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.AddressBytes;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.Door.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Failures, delays, bans and rates, in virtual time. */
class DoorTest {
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    static final HostPort STRANGER = HostPort.parse("203.0.113.7:40000");
    static final HostPort OFFICE = HostPort.parse("198.51.100.1:5060");

    final Door door = new Door(
            new DoorSettings(RateLimits.DEFAULT, FailureLimits.DEFAULT, ConnectionLimits.DEFAULT, DoorTest::isTrunk),
            nanos -> nanos / 1_000_000);
    long now = 1_000 * MINUTE;

    static boolean isTrunk(byte[] address) {
        return address.length == 4 && address[0] == 10;
    }

    static byte[] bytes(HostPort remote) {
        return AddressBytes.of(remote.host());
    }

    Judgement fail(HostPort remote, String user) {
        return door.failed(remote, user, true, now);
    }

    Judgement fail(HostPort remote, String user, int times) {
        Judgement last = Judgement.NONE;
        for (int i = 0; i < times; i++) {
            last = fail(remote, user);
        }
        return last;
    }

    Verdict knock(HostPort remote) {
        return door.admit(bytes(remote), RequestKind.REGISTER, now);
    }

    private static DoorSettings settings(FailureLimits failures, boolean trustEverybody) {
        return new DoorSettings(
                RateLimits.DEFAULT, failures, new ConnectionLimits(50, 9, 3), address -> trustEverybody);
    }

    @Test
    void otherSettingsKeepBansAndFailures() {
        fail(STRANGER, "101", 10);
        HostPort other = HostPort.parse("203.0.113.8:5060");
        fail(other, "101", 4);
        FailureLimits usual = FailureLimits.DEFAULT;
        door.configure(settings(
                new FailureLimits(
                        5,
                        30,
                        20,
                        50,
                        usual.forgiveNanos(),
                        usual.freeFailures(),
                        usual.firstDelayNanos(),
                        usual.maxDelayNanos(),
                        MINUTE,
                        usual.maxBanNanos(),
                        usual.maxUserBanNanos(),
                        usual.table()),
                false));
        assertEquals(Verdict.DROP, knock(STRANGER));
        Ban ban = fail(other, "101").bans().getFirst();
        assertEquals(5, ban.attempts(), "the failures before count");
        assertEquals(TimeUnit.MINUTES.toMillis(1), ban.untilMs() - ban.sinceMs());
        assertEquals(2, door.bans(now).size());
    }

    @Test
    void whoIsTrustedFromNowOnIsShutOutNoLongerUnlessAnOperatorSaidSo() {
        fail(STRANGER, "101", 10);
        HostPort shutOut = HostPort.parse("203.0.113.9:5060");
        door.ban(BanSubject.of(Source.of("203.0.113.9")), TimeUnit.HOURS.toMillis(1), now);
        assertEquals(Verdict.DROP, knock(STRANGER));
        assertFalse(door.admitConnection(bytes(STRANGER), now));
        door.configure(settings(FailureLimits.DEFAULT, true));
        assertEquals(Verdict.ADMIT, knock(STRANGER));
        assertTrue(door.admitConnection(bytes(STRANGER), now));
        assertEquals(Verdict.DROP, knock(shutOut));
        door.configure(settings(FailureLimits.DEFAULT, false));
        assertEquals(Verdict.DROP, knock(STRANGER), "the ban was kept");
    }

    @Test
    void connectionsAtATimeDependOnHowWellTheAddressIsKnown() {
        door.configure(new DoorSettings(
                RateLimits.DEFAULT, FailureLimits.DEFAULT, new ConnectionLimits(50, 9, 3), DoorTest::isTrunk));
        assertEquals(50, door.mostConnections());
        assertEquals(3, door.mostConnections(bytes(STRANGER), now));
        assertEquals(50, door.mostConnections(bytes(HostPort.parse("10.1.2.3:5060")), now));
        door.phoneCame("a", OFFICE);
        assertEquals(9, door.mostConnections(bytes(OFFICE), now));
    }

    @Test
    void theTenthFailureOfAStrangerShutsItsAddressOut() {
        assertTrue(fail(STRANGER, "101", 9).bans().isEmpty());
        assertEquals(Verdict.ADMIT, knock(STRANGER));
        Ban ban = fail(STRANGER, "102").bans().getFirst();
        assertEquals(BanSubject.of(Source.of("203.0.113.7")), ban.subject());
        assertEquals(Ban.Reason.FAILURES, ban.reason());
        assertEquals(10, ban.attempts());
        assertEquals(TimeUnit.MINUTES.toMillis(5), ban.untilMs() - ban.sinceMs());
        assertEquals(Verdict.DROP, knock(STRANGER));
        assertFalse(door.admitConnection(bytes(STRANGER), now));
        assertEquals(Verdict.ADMIT, knock(HostPort.parse("203.0.113.8:40000")));
        now += 5 * MINUTE;
        assertEquals(Verdict.ADMIT, knock(STRANGER));
    }

    @Test
    void eachFurtherBanLastsTwiceAsLongUpToADay() {
        var minutes = new ArrayList<Long>();
        for (int i = 0; i < 11; i++) {
            Ban ban = fail(STRANGER, "101", 10).bans().getFirst();
            minutes.add(TimeUnit.MILLISECONDS.toMinutes(ban.untilMs() - ban.sinceMs()));
            now += TimeUnit.MILLISECONDS.toNanos(ban.untilMs() - ban.sinceMs());
        }
        assertEquals(List.of(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 1440L, 1440L), minutes);
    }

    @Test
    void aWeekOfPeaceMakesTheNextBanAFirstOne() {
        fail(STRANGER, "101", 10);
        now += TimeUnit.DAYS.toNanos(8);
        assertEquals(1, fail(STRANGER, "101", 10).bans().getFirst().times());
    }

    @Test
    void answersToFailuresGrowSlowUpToFourSeconds() {
        var millis = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            millis.add(TimeUnit.NANOSECONDS.toMillis(fail(STRANGER, "101").delayNanos()));
        }
        assertEquals(List.of(0L, 0L, 250L, 500L, 1000L, 2000L, 4000L, 4000L, 4000L), millis);
    }

    @Test
    void slowMistakesAreForgiven() {
        for (int i = 0; i < 100; i++) {
            assertTrue(fail(STRANGER, "101").bans().isEmpty());
            now += 2 * MINUTE;
        }
    }

    @Test
    void aFailureThatAnybodyCouldHaveSentIsHeldAgainstNobody() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Judgement.NONE, door.failed(STRANGER, "101", false, now));
        }
        assertEquals(Verdict.ADMIT, knock(STRANGER));
        assertEquals(1_000, door.counters().unprovenFailures.sum());
    }

    @Test
    void anAddressWithARegisteredPhoneIsNeverShutOutButItsGuesserIs() {
        door.phoneCame("binding", OFFICE);
        HostPort guesser = HostPort.parse("198.51.100.1:41111");
        assertTrue(fail(guesser, "102", 19).bans().isEmpty());
        Ban ban = fail(guesser, "102").bans().getFirst();
        assertEquals("102@198.51.100.1", ban.subject().toString());
        assertTrue(door.isBarred("102", guesser, now));
        assertFalse(door.isBarred("101", guesser, now));
        assertFalse(door.isBarred("102", HostPort.parse("203.0.113.9:5060"), now));
        assertEquals(Verdict.ADMIT, knock(OFFICE));
        now += 5 * MINUTE;
        assertFalse(door.isBarred("102", guesser, now));
    }

    @Test
    void theVeryPortOfARegisteredPhoneIsNeverBarred() {
        door.phoneCame("binding", OFFICE);
        fail(HostPort.parse("198.51.100.1:41111"), "101", 20);
        assertTrue(door.isBarred("101", HostPort.parse("198.51.100.1:41111"), now));
        assertFalse(door.isBarred("101", OFFICE, now));
        door.phoneWent("binding");
        assertTrue(door.isBarred("101", OFFICE, now));
    }

    @Test
    void onlyTheUserIsDelayedBehindAnAddressWithPhones() {
        door.phoneCame("binding", OFFICE);
        fail(OFFICE, "102", 10);
        assertEquals(0, fail(OFFICE, "103").delayNanos());
        assertTrue(fail(OFFICE, "102").delayNanos() > 0);
    }

    @Test
    void aUserGuessedFromEverywhereIsBannedForStrangersOnly() {
        Judgement last = Judgement.NONE;
        for (int i = 0; i < 50; i++) {
            last = fail(HostPort.parse("203.0.113." + i + ":5060"), "101");
        }
        assertEquals("101", last.bans().getFirst().subject().toString());
        assertTrue(door.isBarred("101", HostPort.parse("192.0.2.200:5060"), now));
        HostPort traveller = HostPort.parse("192.0.2.201:5060");
        door.proved(traveller, "101", now - MINUTE);
        assertFalse(door.isBarred("101", traveller, now));
    }

    @Test
    void anAddressThatHasProvedAPasswordLatelyHasMorePatience() {
        door.proved(STRANGER, "101", now);
        assertTrue(fail(STRANGER, "101", 29).bans().isEmpty());
        assertEquals(1, fail(STRANGER, "101").bans().size());
    }

    @Test
    void trustedAddressesAreNeverBannedLimitedOrDelayed() {
        HostPort trunk = HostPort.parse("10.1.1.1:5060");
        assertEquals(Judgement.NONE, fail(trunk, "101", 100));
        for (int i = 0; i < 20_000; i++) {
            assertEquals(Verdict.ADMIT, knock(trunk));
        }
        assertFalse(door.isScanner("friendly-scanner", trunk, now, new ArrayList<>()));
    }

    @Test
    void anIpv6SubscriberCountsAsOneAndAMappedAddressAsIpv4() {
        for (int i = 0; i < 9; i++) {
            fail(HostPort.parse("[2001:db8:0:1::" + i + "]:5060"), "101");
        }
        Ban ban = fail(HostPort.parse("[2001:db8:0:1:ffff::1]:5060"), "101")
                .bans()
                .getFirst();
        assertEquals("2001:db8:0:1::/64", ban.subject().toString());
        assertEquals(Verdict.DROP, knock(HostPort.parse("[2001:db8:0:1:2::3]:5060")));
        assertEquals(Verdict.ADMIT, knock(HostPort.parse("[2001:db8:0:2::3]:5060")));
        fail(HostPort.parse("[::ffff:203.0.113.7]:5060"), "101", 10);
        assertEquals(Verdict.DROP, knock(STRANGER));
    }

    @Test
    void anIpv6SubscriberHasOneRateAndAMappedAddressThatOfIpv4() {
        for (int i = 0; i < 300; i++) {
            assertEquals(Verdict.ADMIT, knock(HostPort.parse("[2001:db8:0:1:" + Integer.toHexString(i) + "::1]:5060")));
        }
        assertEquals(
                Verdict.DROP, knock(HostPort.parse("[2001:db8:0:1:ffff::9]:5060")), "another of its 2^64 addresses");
        assertEquals(Verdict.ADMIT, knock(HostPort.parse("[2001:db8:0:2::9]:5060")), "another subscriber");
        HostPort mapped = HostPort.parse("[::ffff:203.0.113.7]:5060");
        for (int i = 0; i < 300; i++) {
            assertEquals(Verdict.ADMIT, knock(i % 2 == 0 ? mapped : STRANGER));
        }
        assertEquals(Verdict.DROP, knock(mapped));
        assertEquals(Verdict.DROP, knock(STRANGER));
        for (int i = 0; i < 300; i++) {
            assertTrue(door.admitConnection(
                    bytes(HostPort.parse("[2001:db8:0:3:" + Integer.toHexString(i) + "::1]:5060")), now));
        }
        assertFalse(door.admitConnection(bytes(HostPort.parse("[2001:db8:0:3::2]:5060")), now));
        now += TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < 20; i++) {
            assertEquals(Verdict.ADMIT, knock(HostPort.parse("[2001:db8:0:1:" + i + "::2]:5060")));
        }
        assertEquals(Verdict.DROP, knock(HostPort.parse("[2001:db8:0:1:1::3]:5060")));
    }

    @Test
    void scannersAreBannedAtOnceUnlessAPhoneIsThere() {
        var bans = new ArrayList<Ban>();
        assertTrue(door.isScanner("friendly-scanner", STRANGER, now, bans));
        assertEquals(Ban.Reason.SCANNER, bans.getFirst().reason());
        assertEquals(Verdict.DROP, knock(STRANGER));
        bans.clear();
        door.phoneCame("binding", OFFICE);
        assertTrue(door.isScanner("sipcli/v1.8", OFFICE, now, bans));
        assertTrue(bans.isEmpty());
        assertFalse(door.isScanner("Yealink SIP-T46S", STRANGER, now, bans));
        assertFalse(door.isScanner(null, STRANGER, now, bans));
    }

    @Test
    void anOperatorBansAndLifts() {
        Ban ban = door.ban(BanSubject.parse("203.0.113.7"), 60_000, now);
        assertEquals(Verdict.DROP, knock(STRANGER));
        assertEquals(List.of(ban), door.bans(now));
        assertEquals(ban, door.lift(ban.subject(), now));
        assertEquals(Verdict.ADMIT, knock(STRANGER));
        assertNull(door.lift(ban.subject(), now));
    }

    @Test
    void bansOutliveARestart() {
        fail(STRANGER, "101", 10);
        var next = new Door(DoorSettings.DEFAULT, nanos -> nanos / 1_000_000);
        next.restore(door.bans(now));
        assertEquals(Verdict.DROP, next.admit(bytes(STRANGER), RequestKind.INVITE, now));
    }

    @Test
    void aStrangerIsHeardUpToItsRateAndThenDroppedSilently() {
        for (int i = 0; i < 300; i++) {
            assertEquals(Verdict.ADMIT, knock(STRANGER), "REGISTER " + i);
        }
        assertEquals(Verdict.DROP, knock(STRANGER));
        assertEquals(Verdict.ADMIT, door.admit(bytes(STRANGER), RequestKind.INVITE, now));
        now += SECOND / 20;
        assertEquals(Verdict.ADMIT, knock(STRANGER));
        assertEquals(Verdict.DROP, knock(STRANGER));
        assertEquals(2, door.counters().strangerLimit.sum());
    }

    @Test
    void aFloodFromEverywhereLeavesRoomForThoseWhoAreKnown() {
        door.phoneCame("binding", OFFICE);
        int admitted = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] somewhere = {(byte) (100 + (i >> 16)), (byte) (i >> 8), (byte) i, 1};
            admitted += door.admit(somewhere, RequestKind.INVITE, now) == Verdict.ADMIT ? 1 : 0;
        }
        assertEquals(2_000, admitted);
        assertEquals(48_000, door.counters().allStrangersLimit.sum());
        assertEquals(Verdict.ADMIT, knock(OFFICE));
        assertEquals(RateLimits.SOURCES, door.sizes().visitors());
    }

    @Test
    void aFloodFromAHundredAddressesLeavesRoomForAPhoneThatIsNew() {
        for (int i = 0; i < 100_000; i++) { // 5,000 a second for 20 s
            now += SECOND / 5_000;
            byte[] flooder = {100, 0, 0, (byte) (i % 100)};
            door.admit(flooder, RequestKind.REGISTER, now);
            if (i >= 50_000 && i % 5_000 == 0) {
                assertEquals(Verdict.ADMIT, knock(STRANGER), "after " + i);
            }
        }
        assertTrue(door.counters().allStrangersLimit.sum() > 10_000, "of the others many were dropped");
    }

    @Test
    void whoIsKnownIsRefusedBeforeHeIsDropped() {
        door.proved(OFFICE, "101", now);
        for (int i = 0; i < 2_500; i++) {
            assertEquals(Verdict.ADMIT, knock(OFFICE));
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(Verdict.BUSY, knock(OFFICE));
        }
        assertEquals(Verdict.DROP, knock(OFFICE));
        assertEquals(Verdict.ADMIT, door.admit(bytes(OFFICE), RequestKind.RESPONSE, now));
    }

    @Test
    void whomWeHaveAskedMayAnswer() {
        door.asked(STRANGER, now);
        for (int i = 0; i < 20_000; i++) {
            assertEquals(Verdict.ADMIT, door.admit(bytes(STRANGER), RequestKind.RESPONSE, now));
        }
        now += Visitors.ASKED_NANOS;
        assertFalse(door.isKnown(bytes(STRANGER), now));
    }

    @Test
    void newConnectionsOfStrangersAreCountedOneByOneAndTogether() {
        for (int i = 0; i < 300; i++) {
            assertTrue(door.admitConnection(bytes(STRANGER), now));
        }
        assertFalse(door.admitConnection(bytes(STRANGER), now));
        int admitted = 300;
        for (int i = 0; i < 2_000; i++) {
            admitted += door.admitConnection(new byte[] {99, 1, (byte) (i >> 8), (byte) i}, now) ? 1 : 0;
        }
        assertEquals(1_000, admitted);
        assertTrue(door.counters().connections.sum() > 0);
    }

    @Test
    void everyTableHasItsLimit() {
        int table = FailureLimits.DEFAULT.table();
        for (int i = 0; i < table + 100; i++) {
            HostPort somewhere = new HostPort("100." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 5060);
            fail(somewhere, "user" + i);
            door.proved(new HostPort("101." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 5060), "x", now);
        }
        Door.Sizes sizes = door.sizes();
        assertEquals(table, sizes.failingAddresses());
        assertEquals(table, sizes.failingUsersThere());
        assertEquals(table, sizes.failingUsers());
        assertEquals(300, sizes.forgotten());
        for (int i = 0; i < BanBook.LIMIT + 100; i++) {
            door.ban(BanSubject.of(new Source(i, false)), 1_000, now);
        }
        assertEquals(BanBook.LIMIT, door.sizes().bans());
    }

    @Test
    void longNamesAreKeptShort() {
        Judgement last = fail(STRANGER, "x".repeat(10_000), 10);
        assertEquals(Ban.DETAIL_LIMIT, last.bans().getFirst().detail().length());
    }

    @Test
    void subjectsAreReadAsTheyAreWritten() {
        for (String text : List.of("192.0.2.1", "101", "101@192.0.2.1", "a@b@192.0.2.1", "2001:db8:0:1::/64")) {
            assertEquals(text, BanSubject.parse(text).toString());
        }
        assertNotNull(BanSubject.parse("2001:db8::1").source());
    }

    @Test
    void aDatagramIsToldByItsFirstOctets() {
        for (RequestKind kind : List.of(RequestKind.REGISTER, RequestKind.INVITE, RequestKind.OPTIONS)) {
            byte[] bytes = (kind.name() + " sip:x SIP/2.0").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            assertEquals(kind, RequestKind.of(bytes, bytes.length));
            assertEquals(RequestKind.OTHER, RequestKind.of(bytes, 3));
            assertEquals(kind, RequestKind.of(kind.name()));
        }
        byte[] response = "SIP/2.0 200 OK".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(RequestKind.RESPONSE, RequestKind.of(response, response.length));
        assertEquals(RequestKind.OTHER, RequestKind.of("BYE"));
    }
}
