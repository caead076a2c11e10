package io.allo.pbx.app.conference.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** confbridge.conf and meetme.conf are read strictly. */
class ConferenceConfTest {
    private final List<ConfProblem> problems = new ArrayList<>();

    private ConferenceConf read(String text) {
        var file = new ConfParser(ConfSource.of(Map.of("confbridge.conf", text))).parse("confbridge.conf");
        problems.addAll(file.problems());
        return ConferenceConf.read(file, problems::add);
    }

    private List<String> codes() {
        return problems.stream().map(ConfProblem::code).toList();
    }

    @Test
    void aUserTakesWhatItsTemplateSaysAndItsOwn() {
        var user = read("""
                [staff](!)
                type=user
                marked=yes
                music_on_hold_when_empty=yes
                [chief](staff)
                admin=yes
                pin=4711
                timeout=60
                announce_user_count_all=3
                announce_join_leave_review=yes
                """).user("chief").orElseThrow();
        assertTrue(user.rank().marked());
        assertTrue(user.rank().admin());
        assertTrue(user.told().music());
        assertTrue(user.told().name());
        assertEquals("4711", user.entry().pin());
        assertEquals(60_000, user.entry().timeoutMs());
        assertEquals(3, user.told().userCountAll());
        assertEquals(List.of(), problems);
    }

    @Test
    void theDefaultProfilesAndTheSampleMenusAreThereWithoutAFile() {
        var conf = ConferenceConf.DEFAULT;
        assertFalse(conf.user("default_user").orElseThrow().rank().admin());
        assertEquals(0, conf.bridge("default_bridge").orElseThrow().maxMembers());
        assertTrue(conf.menu("default_menu").orElseThrow().sequences().isEmpty());
        assertEquals(
                MenuAction.Kind.ADMIN_KICK_LAST,
                conf.menu("sample_admin_menu")
                        .orElseThrow()
                        .sequences()
                        .get("*3")
                        .getFirst()
                        .kind());
    }

    @Test
    void aBridgeNamesItsSoundsAndItsRecording() {
        var bridge = read("""
                [default_bridge]
                type=bridge
                max_members=5
                record_conference=yes
                record_file=board.wav
                record_file_timestamp=no
                maximum_sample_rate=16000
                internal_sample_rate=auto
                sound_has_joined=my-hasjoin
                """).bridge("default_bridge").orElseThrow();
        assertEquals(5, bridge.maxMembers());
        assertEquals(16_000, bridge.maximumRateHz());
        assertEquals(0, bridge.internalRateHz());
        assertTrue(bridge.recorded().wanted());
        assertFalse(bridge.recorded().stamps());
        assertEquals("my-hasjoin", bridge.sound(ConferenceSound.HAS_JOINED));
        assertEquals("conf-hasleft", bridge.sound(ConferenceSound.HAS_LEFT));
        assertEquals(List.of(), problems);
    }

    @Test
    void aMenusSequencesHaveSeveralActionsAndPlaces() {
        var menu = read("""
                [m]
                type=menu
                *=playback_and_continue(conf-usermenu&beep)
                5=reset_talking_volume, reset_listening_volume
                9=dialplan_exec(help,s,1)
                \\#1=toggle_mute
                """).menu("m").orElseThrow();
        assertEquals("conf-usermenu&beep", menu.sequences().get("*").getFirst().argument());
        assertEquals(2, menu.sequences().get("5").size());
        assertEquals("help,s,1", menu.sequences().get("9").getFirst().argument());
        assertTrue(menu.sequences().containsKey("#1"));
        assertEquals(List.of(), problems);
    }

    @Test
    void whatIsWrongIsReportedWithItsLineAndAHint() {
        read("""
                [a]
                type=usr
                [b]
                type=user
                admim=yes
                pin=abc
                [c]
                type=menu
                x=toggle_mute
                1=toggle_mut
                2=playback
                3=toggle_mute(x)
                [d]
                """);
        assertEquals(
                List.of(
                        "profile-type",
                        "option-value",
                        "unknown-option",
                        "menu-keys",
                        "menu-action",
                        "menu-argument",
                        "menu-argument",
                        "profile-type"),
                codes());
        assertEquals(1, problems.getFirst().line());
        assertTrue(problems.get(4).inWords("en").contains("toggle_mute"));
    }

    @Test
    void whatHasNoEffectHereIsSaidOnce() {
        read("""
                [u]
                type=user
                denoise=yes
                jitterbuffer=yes
                text_messaging=yes
                [b]
                type=bridge
                video_mode=follow_talker
                mixing_interval=40
                [m]
                type=menu
                1=set_as_single_video_src
                """);
        assertEquals(List.of("option-inert", "option-inert", "option-inert", "option-inert", "option-inert"), codes());
        assertFalse(problems.stream().anyMatch(ConfProblem::isError));
    }

    @Test
    void aDialplansProfileIsItsTemplateAndWhatWasSet() {
        var conf = read("""
                [staff]
                type=user
                marked=yes
                [m]
                type=menu
                1=toggle_mute
                """);
        var user = conf.user("staff", Map.of("admin", "yes"), problems::add);
        assertTrue(user.rank().marked() && user.rank().admin());
        var menu = conf.menu("m", Map.of("2", "leave_conference"), problems::add);
        assertEquals(2, menu.sequences().size());
        assertEquals(List.of(), problems);
        conf.user("staff", Map.of("admin", "perhaps"), problems::add);
        assertEquals(List.of("option-value"), codes());
    }

    @Test
    void meetMesRoomsHaveTwoPins() {
        var file = new ConfParser(ConfSource.of(Map.of("meetme.conf", """
                [general]
                audiobuffers=32
                [rooms]
                conf => 600,1234,9999
                conf => 601
                conf => ,1
                """))).parse("meetme.conf");
        var conf = MeetMeConf.read(file, problems::add);
        assertEquals("9999", conf.room("600").orElseThrow().adminPin());
        assertEquals("", conf.room("601").orElseThrow().pin());
        assertEquals(List.of("option-inert", "meetme-room"), codes());
    }
}
