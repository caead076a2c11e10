package io.allo.pbx.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.core.random.RandomSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as they are dialed towards a trunk; the facts are those of the national numbering plans and ITU-T E.164. */
class NumberPlanTest {

    @ParameterizedTest
    @CsvSource({
        "0123456789, FR, ORDINARY",
        "+33123456789, FR, ORDINARY",
        "0033 6 12 34 56 78, FR, ORDINARY",
        "33612345678, FR, ORDINARY", // country code first, as many trunks want it
        "612345678, FR, ORDINARY", // its 0 stripped by the dialplan
        "0800123456, FR, TOLL_FREE",
        "0806123456, FR, ORDINARY", // "service gratuit + prix appel"
        "0810123456, FR, SHARED_COST",
        "0820123456, FR, SHARED_COST",
        "0890123456, FR, PREMIUM",
        "0899123456, FR, PREMIUM",
        "+33899123456, FR, PREMIUM",
        "0033899123456, FR, PREMIUM",
        "33899123456, FR, PREMIUM",
        "00442079460000, GB, ORDINARY",
        "442079460000, GB, ORDINARY",
        "+447012345678, GB, PREMIUM", // 070: personal numbers, dearer than mobiles
        "+5371234567, CU, ORDINARY",
        "+18765551234, JM, ORDINARY", // +1, but not the United States
        "+19005551234, US, PREMIUM",
        "+252612345678, SO, ORDINARY",
        "+881612345678, 001, SATELLITE", // Globalstar
        "00881612345678, 001, SATELLITE",
        "881612345678, 001, SATELLITE",
        "+8835100012345, 001, SATELLITE", // iNum
        "+882161234567, 001, SATELLITE",
        "+870773112233, 001, SATELLITE", // Inmarsat
        "+979123456789, 001, PREMIUM", // ITU-T E.169.2: international premium
        "+80812345678, 001, SHARED_COST",
        "+80012345678, 001, TOLL_FREE",
        "3975, FR, PREMIUM",
        "118712, FR, PREMIUM",
        "3103, FR, SHORT"
    })
    void inFrance(String dialed, String region, NumberKind kind) {
        is("FR", dialed, region, kind);
    }

    @ParameterizedTest
    @CsvSource({
        "2125550100, US, ORDINARY",
        "12125550100, US, ORDINARY",
        "+12125550100, US, ORDINARY",
        "19005551234, US, PREMIUM",
        "9005551234, US, PREMIUM",
        "18005551212, US, TOLL_FREE",
        "18765551234, JM, ORDINARY",
        "8095551234, DO, ORDINARY", // the classic: it looks like an American number
        "14165550100, CA, ORDINARY",
        "011442079460000, GB, ORDINARY",
        "011881612345678, 001, SATELLITE",
        "988, US, EMERGENCY",
        "911, US, EMERGENCY"
    })
    void inTheUnitedStates(String dialed, String region, NumberKind kind) {
        is("US", dialed, region, kind);
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 07012345678, PREMIUM",
        "GB, 09061234567, PREMIUM",
        "GB, 02079460000, ORDINARY",
        "GB, 999, EMERGENCY",
        "DE, 09001234567, PREMIUM",
        "DE, 03012345678, ORDINARY",
        "DE, 110, EMERGENCY",
        "ES, 806123456, PREMIUM",
        "ES, 912345678, ORDINARY",
        "IT, 0612345678, ORDINARY",
        "IT, 899123456, PREMIUM",
        "CH, 0901123456, PREMIUM",
        "BE, 090012345, PREMIUM",
        "AU, 000, EMERGENCY",
        "JP, 119, EMERGENCY",
        "IN, 9812345678, ORDINARY"
    })
    void inManyCountries(String home, String dialed, NumberKind kind) {
        is(home, dialed, home, kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "17", "18", "112", "114", "115", "119", "191", "196", "197", "116000", "116117"})
    void frenchEmergencyNumbersAreEmergencyNumbers(String number) {
        is("FR", number, "FR", NumberKind.EMERGENCY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FR", "US", "GB", "DE", "BR", "IN", "JP", "NG", "AU"})
    void oneOneTwoIsAnEmergencyNumberEverywhere(String home) {
        is(home, "112", home, NumberKind.EMERGENCY);
    }

    @Test
    void theFileMayNameMoreEmergencyNumbers() {
        var plan = new NumberPlan("FR", List.of("1515"));
        assertEquals(NumberKind.EMERGENCY, plan.read("1515", NumberFormat.AUTO).kind());
    }

    /** Twenty digits that begin with an emergency number must not pass as one. */
    @ParameterizedTest
    @ValueSource(strings = {"1120033899123456", "112;00882161234567", "112&PJSIP/1", "+112", "0112", "15#", "112*"})
    void whatOnlyBeginsLikeAnEmergencyNumberIsNone(String dialed) {
        var kind =
                new NumberPlan("FR", List.of()).read(dialed, NumberFormat.AUTO).kind();
        assertEquals(dialed.equals("0112") ? NumberKind.PRIVATE : NumberKind.UNKNOWN, kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "abc",
                "0899abc",
                "*21*0033899123456#",
                "#31#0612345678",
                "0033&PJSIP/0",
                "0123456789,20",
                "sip:1@x",
                "0590123456",
                "0700123456",
                "123456789012345678901234567890",
                "٠١٢٣٤٥٦٧٨٩",
                "+33 1 23%34",
                "12345678"
            })
    void whatIsInNoNumberingPlanIsUnknown(String dialed) {
        assertEquals(
                NumberKind.UNKNOWN,
                new NumberPlan("FR", List.of()).read(dialed, NumberFormat.AUTO).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001", "101", "8000", "0", "42"})
    void aShortNumberThatNoPlanKnowsIsAnExtensionOfTheOtherSide(String dialed) {
        is("FR", dialed, "", NumberKind.PRIVATE);
    }

    /** Samoa's numbers are a favourite of fraudsters; +685 looks like a French mobile that lost its 0. */
    @Test
    void digitsThatCouldBeAForeignNumberAreTakenForOneWhereEverybodyDialsAZeroFirst() {
        is("FR", "6857212345", "WS", NumberKind.ORDINARY);
    }

    @Test
    void aTrunkThatWantsCountryCodesFirstIsReadSo() {
        var plan = new NumberPlan("US", List.of());
        assertEquals("US", plan.read("6502345678", NumberFormat.AUTO).region());
        assertEquals("SG", plan.read("6562345678", NumberFormat.E164).region());
        assertEquals("FR", plan.read("33123456789", NumberFormat.E164).region());
    }

    @Test
    void aNationalTrunkIsNeverReadWithCountryCodesFirst() {
        var plan = new NumberPlan("FR", List.of());
        assertEquals(
                NumberKind.UNKNOWN,
                plan.read("442079460000", NumberFormat.NATIONAL).kind());
        assertEquals("GB", plan.read("00442079460000", NumberFormat.NATIONAL).region());
    }

    @Test
    void noTextMakesItFail() {
        var random = RandomSource.seeded(11);
        var plan = new NumberPlan("FR", List.of());
        var signs = "0123456789+*#&,/@;=-. ()abcé\u0000\u0660";
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            var length = random.nextInt(30);
            for (var j = 0; j < length; j++) {
                text.append(signs.charAt(random.nextInt(random.nextInt(2) == 0 ? 11 : signs.length())));
            }
            for (var format : NumberFormat.values()) {
                var read = plan.read(text.toString(), format);
                assertEquals(text.toString(), read.dialed());
            }
        }
    }

    private static void is(String home, String dialed, String region, NumberKind kind) {
        var number = new NumberPlan(home, List.of()).read(dialed, NumberFormat.AUTO);
        assertEquals(kind + " " + region, number.kind() + " " + number.region(), number.toString());
    }
}
