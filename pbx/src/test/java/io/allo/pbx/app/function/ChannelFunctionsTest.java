package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelFunctionsTest {
    private final FunctionKit kit = new FunctionKit();

    @Test
    void aChannelTellsWhatItIsAndWhereItStands() {
        assertEquals(
                List.of("Bare/1 Down a 100 en Bare 1.6 1.6 NoOp Say slin DOCUMENTATION"),
                kit.lines(
                        "Set(app=${CHANNEL(appname)})",
                        "Say(${CHANNEL(name)} ${CHANNEL(state)} ${CHANNEL(context)}"
                                + " ${CHANNEL(exten)} ${CHANNEL(language)} ${CHANNEL(channeltype)} ${CHANNEL(uniqueid)}"
                                + " ${CHANNEL(linkedid)} ${app} Say ${CHANNEL(audioreadformat)} ${CHANNEL(amaflags)})"));
    }

    @Test
    void whatCanBeSetIsSet() {
        assertEquals(
                List.of("fr jazz acc note BILLING fr"),
                kit.lines(
                        "Set(CHANNEL(language)=fr)",
                        "Set(CHANNEL(musicclass)=jazz)",
                        "Set(CHANNEL(accountcode)=acc)",
                        "Set(CHANNEL(userfield)=note)",
                        "Set(CHANNEL(amaflags)=billing)",
                        "Set(CHANNEL(tonezone)=fr)",
                        "Say(${CHANNEL(language)} ${CHANNEL(musicclass)} ${CHANNEL(accountcode)} ${CHANNEL(userfield)}"
                                + " ${CHANNEL(amaflags)} ${CHANNEL(tonezone)})"));
    }

    @Test
    void channelsAreListedAndFound() {
        assertEquals(
                List.of("Bare/1 [] 1 0"),
                kit.lines(
                        "Say(${CHANNELS(bare)} [${CHANNELS(pjsip)}] ${CHANNEL_EXISTS(Bare/1)} ${CHANNEL_EXISTS(x)})"));
    }

    @Test
    void theRecordIsReadAndItsOwnFieldsAreSet() {
        kit.run("""
                [a]
                exten => 100,1,Wait(2)
                 same => n,Answer()
                 same => n,Wait(3.5)
                 same => n,Set(CDR(userfield)=u)
                 same => n,Set(CDR(accountcode)=acc)
                 same => n,Set(CDR(Mine)=own)
                 same => n,Set(CDR(duration)=99)
                 same => n,Say(${CDR(dst)} ${CDR(dcontext)} ${CDR(channel)} ${CDR(lastapp)} ${CDR(start)} ${CDR(answer)})
                 same => n,Say(${CDR(duration)} ${CDR(billsec)} ${CDR(billsec,f)} ${CDR(disposition)} ${CDR(start,u)})
                 same => n,Say(${CDR(userfield)} ${CDR(accountcode)} ${CDR(mine)} ${CDR(amaflags)} [${CDR(dstchannel)}])
                exten => h,1,Say(${CDR(dst)} ${CDR(lastapp)} ${CDR(disposition,u)} ${CDR(end)})
                """);
        assertEquals(
                List.of(
                        "100 a Bare/1 Set 2026-11-20 12:00:00 2026-11-20 12:00:02",
                        "5 3 3.500000 ANSWERED 1795172400.000000",
                        "u acc own DOCUMENTATION []",
                        "100 Say 8 2026-11-20 12:00:05"),
                kit.said);
        assertEquals(1, kit.problems.size());
    }

    @Test
    void timeoutsAreSetAndRead() {
        assertEquals(
                List.of("5.000 10.000 0", "2.500 3.000 60.000", "59.000"),
                kit.lines(
                        "Say(${TIMEOUT(digit)} ${TIMEOUT(response)} ${TIMEOUT(absolute)})",
                        "Set(TIMEOUT(digit)=2.5)",
                        "Set(TIMEOUT(response)=3)",
                        "Set(TIMEOUT(absolute)=60)",
                        "Say(${TIMEOUT(digit)} ${TIMEOUT(response)} ${TIMEOUT(absolute)})",
                        "Wait(1)",
                        "Say(${TIMEOUT(absolute)})"));
    }

    @Test
    void theAbsoluteTimeoutEndsTheCall() {
        kit.run("[a]\nexten => 100,1,Set(TIMEOUT(absolute)=2)\n same => n,Wait(60)\n same => n,Say(never)\n"
                + "exten => h,1,Say(over)\n");
        assertEquals(List.of("over"), kit.said);
        assertEquals(2_000, kit.time.elapsedMs());
    }
}
