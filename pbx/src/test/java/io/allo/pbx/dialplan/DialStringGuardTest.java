package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AST-2010-002: a value in the place of a number is one number. The lines are those of tutorials. */
class DialStringGuardTest {
    private static final String EVIL = "123&PJSIP/00882@trunk,30,U(x)";
    private static final String INERT = "123%26PJSIP%2F00882%40trunk%2C30%2CU%28x%29";

    private static String put(String text) {
        return Substitution.replace(
                text,
                TestScope.of(
                        "EXTEN",
                        EVIL,
                        "NUMBER",
                        EVIL,
                        "PHONES",
                        "PJSIP/a&PJSIP/b",
                        "T",
                        "30",
                        "ONE",
                        "9",
                        "URI",
                        "sip:al@10.0.0.1:5060"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PJSIP/${EXTEN}@trunk|PJSIP/%s@trunk",
                "PJSIP/${EXTEN}@trunk,${T},tT|PJSIP/%s@trunk,30,tT",
                "SIP/provider/${EXTEN},20|SIP/provider/123%26PJSIP/00882@trunk%2C30%2CU%28x%29,20",
                "PJSIP/a&PJSIP/${ONE}${EXTEN}@trunk|PJSIP/a&PJSIP/9%s@trunk",
                "${PHONES}&PJSIP/${EXTEN}@trunk&Local/1@x|PJSIP/a&PJSIP/b&PJSIP/%s@trunk&Local/1@x",
                "PJSIP/trunk/sip:${EXTEN}@host.example|PJSIP/trunk/sip:%s@host.example",
                "Local/${EXTEN}@outbound/n|Local/%s@outbound/n",
                "DIAL=PJSIP/${NUMBER}@trunk|DIAL=PJSIP/%s@trunk",
                "1?Dial(PJSIP/${NUMBER}@trunk)|1?Dial(PJSIP/%s@trunk)",
                "PJSIP/${EXTEN}${ONE}@trunk|PJSIP/%s9@trunk"
            })
    void aNumberStaysOne(String written, String replaced) {
        assertEquals(replaced.replace("%s", INERT), put(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${PHONES}|PJSIP/a&PJSIP/b",
                "${PHONES},20|PJSIP/a&PJSIP/b,20",
                "PJSIP/al/${URI},20|PJSIP/al/sip:al@10.0.0.1:5060,20",
                "Local/1@x&${PHONES}|Local/1@x&PJSIP/a&PJSIP/b",
                "say ${PHONES} or mail me@x|say PJSIP/a&PJSIP/b or mail me@x"
            })
    void whatStandsForWholeTargetsIsPutInAsItIs(String written, String replaced) {
        assertEquals(replaced, put(written));
    }

    @Test
    void anOrdinaryNumberIsUntouched() {
        assertEquals(
                "PJSIP/+33 1-23.45@trunk",
                Substitution.replace("PJSIP/${EXTEN}@trunk", TestScope.of("EXTEN", "+33 1-23.45")));
    }
}
