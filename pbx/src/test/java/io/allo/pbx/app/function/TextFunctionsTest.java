package io.allo.pbx.app.function;

import static io.allo.pbx.app.function.FunctionKit.say;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextFunctionsTest {
    private static List<String> lines(String... lines) {
        return new FunctionKit().lines(lines);
    }

    @Test
    void lengthCountsCharacters() {
        assertEquals("4 0 4", say("${LEN(abcd)} ${LEN()} ${LEN(ça€é)}"));
    }

    @Test
    void lettersAndBlanksAreChanged() {
        assertEquals("ABC1 abc1", say("${TOUPPER(aBc1)} ${TOLOWER(AbC1)}"));
        assertEquals("[a b][a b ][ a b]", say("[${TRIM( a b )}][${LTRIM( a b )}][${RTRIM( a b )}]"));
    }

    @Test
    void filterKeepsWhatIsAllowed() {
        assertEquals("15551234567", say("${FILTER(0-9,+1 (555) 123-4567)}"));
        assertEquals("a-b", say("${FILTER(a-z\\-,Aa-b!)}"));
    }

    @Test
    void charactersAndTextsAreReplaced() {
        assertEquals(
                List.of("1.2.3 123 1::2::3 1::2-3 [2]"),
                lines(
                        "Set(X=1-2-3)",
                        "Say(${REPLACE(X,-,.)} ${REPLACE(X,-)} ${STRREPLACE(X,-,::)} ${STRREPLACE(X,-,::,1)}"
                                + " [${STRBETWEEN(X,1-,-3)}])"));
    }

    @Test
    void regexFindsAnywhereUnlessAnchored() {
        assertEquals(
                "1 0 1 0",
                say("${REGEX(\"[0-9]+\" ab12)} ${REGEX(\"^[0-9]+$\" ab12)}"
                        + " ${REGEX(\"^0[1-9]{2}$\" 012)} ${REGEX(\"x\" )}"));
    }

    @Test
    void quotingKeepsWhatIsQuoted() {
        assertEquals("\"a \\\"b\\\" c\" \"a \"\"b\"\"\"", say("${QUOTE(a \"b\" c)} ${CSV_QUOTE(a \"b\")}"));
    }

    @Test
    void wordsBecomeKeys() {
        assertEquals("255696753", say("${KEYPADHASH(Allo World)}"));
    }

    @Test
    void sprintfFormatsAsC() {
        assertEquals("007|  ab|3.14|ff|+5|50%", say("${SPRINTF(%03d|%4s|%.2f|%x|%+d|%d%%,7,ab,3.14159,255,5,50)}"));
    }

    @Test
    void fieldsAreCutCountedAndFound() {
        assertEquals(
                List.of("1 3 2 2-3 1-3 3-4 4", "4 b 0 2", "a,c b.c"),
                lines(
                        "Set(X=1-2-3-4)",
                        "Set(Y=a,b,c)",
                        "Set(Z=a.b.c)",
                        "Say(${CUT(X)} ${CUT(X,-,3)} ${CUT(X,,2)} ${CUT(X,-,2-3)} ${CUT(X,-,1&3)} ${CUT(X,-,3-)} ${CUT(X,-,4)})",
                        "Say(${FIELDQTY(X,-)} ${CUT(Y,\\,,2)} ${FIELDQTY(none,-)} ${FIELDNUM(Z,.,b)})",
                        "Say(${LISTFILTER(Y,\\,,b)} ${CUT(Z,.,2-)})"));
    }

    @Test
    void fieldsOfAFunctionAreCutToo() {
        assertEquals(List.of("1"), lines("Say(${CUT(CHANNEL(name),/,2)})"));
    }

    @Test
    void listsGrowAndShrinkAtBothEnds() {
        assertEquals(
                List.of("a,b,c,d,e", "e a b,c,d", "x"),
                lines(
                        "Set(PUSH(L)=b,c)",
                        "Set(PUSH(L)=d)",
                        "Set(UNSHIFT(L)=a)",
                        "Set(PUSH(L)=e)",
                        "Say(${L})",
                        "Say(${POP(L)} ${SHIFT(L)} ${L})",
                        "Set(PUSH(M,\\n)=x)",
                        "Say(${M})"));
    }

    @Test
    void sortOrdersKeysByTheirNumbers() {
        assertEquals("c,a,b", say("${SORT(a:2,b:10.5,c:-1)}"));
    }

    @Test
    void arrayAndHashKeepSeveralValues() {
        assertEquals(
                List.of("1 2 []", "red,green colour,veg red [] x,y"),
                lines(
                        "Set(ARRAY(a,b,c)=1,2)",
                        "Say(${a} ${b} [${c}])",
                        "Set(HASH(h,colour)=red)",
                        "Set(HASH(h,veg)=green)",
                        "Set(all=${HASH(h)} ${HASHKEYS(h)})",
                        "Set(one=${HASH(h,colour)} [${HASH(h,none)}])",
                        "Set(HASH(h)=x,y)",
                        "Say(${all} ${one} ${HASH(h)})"));
    }

    // The expected values are those of md5sum, sha1sum, base64 and openssl enc -aes-128-ecb.
    @Test
    void digestsAndEncodingsAreThoseOfTheWorld() {
        assertEquals("900150983cd24fb0d6963f7d28e17f72", say("${MD5(abc)}"));
        assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d", say("${SHA1(abc)}"));
        assertEquals("YWxsw7M= allo", say("${BASE64_ENCODE(alló)} ${BASE64_DECODE(YWxsbw==)}"));
        assertEquals("a%20b%2Fc a+b/c", say("${URIENCODE(a b/c)} ${URIDECODE(a%2Bb%2fc)}"));
        assertEquals("secret", say("${AES_DECRYPT(0123456789abcdef,${AES_ENCRYPT(0123456789abcdef,secret)})}"));
        assertEquals(36, say("${UUID()}").length());
    }
}
