package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.call.PartyId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseFunctionsTest {
    private final FunctionKit kit = new FunctionKit();

    @Test
    void whatIsPutIsReadAndTakenAway() {
        assertEquals(
                List.of("200 1 200 0 []", "200 [] 200", "[]"),
                kit.lines(
                        "Set(DB(cf/100)=200)",
                        "Say(${DB(cf/100)} ${DB_EXISTS(cf/100)} ${DB_RESULT} ${DB_EXISTS(cf/101)} [${DB(cf/101)}])",
                        "Say(${DB_DELETE(cf/100)} [${DB(cf/100)}] ${DB_RESULT})",
                        "Say([${DB_DELETE(cf/100)}])"));
    }

    @Test
    void keysAreListedJustBelow() {
        assertEquals(
                List.of("a,b 2 x,y cf", "x [] []"),
                kit.lines(
                        "Set(DB(cf/a/x)=1)",
                        "Set(DB(cf/a/y)=2)",
                        "Set(DB(cf/b)=3)",
                        "Say(${DB_KEYS(cf)} ${DB_KEYCOUNT(cf)} ${DB_KEYS(cf/a)} ${DB_KEYS()})",
                        "DBdel(cf/a/y)",
                        "Set(left=${DB_KEYS(cf/a)})",
                        "DBdeltree(cf/a)",
                        "Set(gone=${DB_KEYS(cf/a)})",
                        "DBdeltree(cf)",
                        "Say(${left} [${gone}] [${DB_KEYS()}])"));
    }

    @Test
    void aPlaceWithoutAKeyIsReported() {
        assertEquals(List.of("[]"), kit.lines("Say([${DB(cf)}])"));
        assertEquals(List.of("DB(): needs family/key, not \"cf\""), kit.problems);
    }

    @Test
    void aCallerOnTheBlacklistIsKnown() {
        kit.database.put("blacklist", "555", "1");
        kit.channel.callerId(PartyId.UNKNOWN.withNumber("555"));
        assertEquals(List.of("1"), kit.lines("Say(${BLACKLIST()})"));
    }
}
