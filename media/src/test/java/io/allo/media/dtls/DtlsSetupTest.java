package io.allo.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4145 4.1, RFC 5763 5, RFC 8842 5.3. */
class DtlsSetupTest {

    private static Optional<DtlsSetup> optional(String word) {
        return Optional.ofNullable(word).flatMap(DtlsSetup::parse);
    }

    @ParameterizedTest
    @CsvSource({
        // offered, wanted, current, answered
        "actpass, actpass,,        active",
        "actpass, active,,         active",
        "actpass, passive,,        passive",
        "active,  actpass,,        passive",
        "active,  active,,         passive",
        "passive, actpass,,        active",
        "passive, passive,,        active",
        "actpass, actpass, passive, passive",
        "actpass, passive, active,  active",
        "active,  actpass, active,  passive",
        "holdconn, actpass,,       "
    })
    void anOfferIsAnsweredWithTheOtherRoleOrTheOneThereIs(
            String offered, String wanted, String current, String answered) {
        assertEquals(
                optional(answered),
                optional(offered).orElseThrow().answer(optional(wanted).orElseThrow(), optional(current)));
    }

    @ParameterizedTest
    @CsvSource({
        // offered, answered, our role
        "actpass, active,   passive",
        "actpass, passive,  active",
        "actpass, actpass,  active",
        "active,  passive,  active",
        "passive, active,   passive",
        "active,  actpass,  active",
        "passive, actpass,  passive",
        "active,  active,   ",
        "passive, passive,  ",
        "actpass, holdconn, "
    })
    void anAnswerGivesUsOurRole(String offered, String answered, String role) {
        assertEquals(
                optional(role),
                DtlsSetup.role(
                        optional(offered).orElseThrow(), optional(answered).orElseThrow()));
    }

    @Test
    void wordsAreReadInAnyCase() {
        assertEquals(Optional.of(DtlsSetup.ACTPASS), DtlsSetup.parse(" ActPass "));
        assertTrue(DtlsSetup.parse("both").isEmpty());
        for (var setup : DtlsSetup.values()) {
            assertEquals(Optional.of(setup), DtlsSetup.parse(setup.word()));
        }
    }
}
