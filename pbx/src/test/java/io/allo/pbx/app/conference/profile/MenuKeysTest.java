package io.allo.pbx.app.conference.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys become sequences. */
class MenuKeysTest {
    private static final MenuAction MUTE = new MenuAction(MenuAction.Kind.TOGGLE_MUTE, "");
    private static final MenuAction LEAVE = new MenuAction(MenuAction.Kind.LEAVE_CONFERENCE, "");
    private static final MenuAction HELP = new MenuAction(MenuAction.Kind.PLAYBACK_AND_CONTINUE, "conf-usermenu");

    private final MenuKeys keys =
            new MenuKeys(new MenuProfile("m", Map.of("1", List.of(MUTE), "*", List.of(HELP), "*8", List.of(LEAVE))));

    @Test
    void aSequenceThatNoLongerOneBeginsWithIsMeantAtOnce() {
        assertEquals(List.of(MUTE), keys.press('1', 0).getFirst().actions());
        assertEquals(Long.MAX_VALUE, keys.deadlineNanos());
    }

    @Test
    void aSequenceThatALongerOneBeginsWithIsMeantWhenNoKeyFollows() {
        assertTrue(keys.press('*', 5).isEmpty());
        assertEquals(5 + MenuKeys.BETWEEN_NANOS, keys.deadlineNanos());
        assertTrue(keys.onDeadline(keys.deadlineNanos() - 1).isEmpty());
        assertEquals(
                List.of(HELP),
                keys.onDeadline(keys.deadlineNanos()).orElseThrow().actions());
        assertTrue(keys.onDeadline(Long.MAX_VALUE - 1).isEmpty());
    }

    @Test
    void theLongerSequenceIsMeantWhenItsKeyFollows() {
        keys.press('*', 0);
        assertEquals(List.of(LEAVE), keys.press('8', 1).getFirst().actions());
    }

    @Test
    void afterAPromptTheSequenceGoesOn() {
        keys.press('*', 0);
        var prompt = keys.onDeadline(MenuKeys.BETWEEN_NANOS).orElseThrow();
        keys.goOn(prompt.keys(), 10);
        assertEquals(List.of(LEAVE), keys.press('8', 11).getFirst().actions());
    }

    @Test
    void keysThatMeanNothingAreGivenBack() {
        keys.press('*', 0);
        var pressed = keys.press('5', 1).getFirst();
        assertTrue(pressed.isUnknown());
        assertEquals("*5", pressed.keys());
    }

    @Test
    void aKeyThatCannotFollowEndsTheSequenceBeforeItAndBeginsAnew() {
        var menu = new MenuProfile(
                "m", Map.of("1", List.of(MUTE), "123", List.of(HELP), "4", List.of(LEAVE), "56", List.of(HELP)));
        var several = new MenuKeys(menu);
        assertTrue(several.press('1', 0).isEmpty());
        var both = several.press('4', 1);
        assertEquals(
                List.of(List.of(MUTE), List.of(LEAVE)),
                both.stream().map(MenuKeys.Pressed::actions).toList());
        several.press('1', 2);
        assertEquals(List.of(MUTE), several.press('5', 3).getFirst().actions());
        assertEquals(List.of(HELP), several.press('6', 4).getFirst().actions(), "5 has begun another one");
        several.press('1', 5);
        several.press('2', 6);
        assertEquals("129", several.press('9', 7).getFirst().keys(), "12 is none");
    }
}
