package io.allo.pbx.app.conference.profile;

import java.util.Locale;

/** A sound of a conference: which option of a bridge profile names it, and what it is called where none does. */
public enum ConferenceSound {
    /** To everyone when somebody comes. */
    JOIN("confbridge-join|beep"),
    /** To everyone when somebody goes. */
    LEAVE("confbridge-leave|beeperr"),
    /** After the name of who has come. */
    HAS_JOINED("conf-hasjoin"),
    /** After the name of who has gone. */
    HAS_LEFT("conf-hasleft"),
    /** To who is thrown out. */
    KICKED("conf-kicked"),
    /** To who mutes himself. */
    MUTED("conf-muted"),
    /** To who speaks again. */
    UNMUTED("conf-unmuted"),
    /** To who comes first. */
    ONLY_PERSON("conf-onlyperson"),
    /** There is one other. */
    ONLY_ONE("conf-onlyone"),
    /** Before the number of the others. */
    THERE_ARE("conf-thereare"),
    /** After it. */
    OTHER_IN_PARTY("conf-otherinparty"),
    /** Asterisk plays it no more; nor is it here. */
    PLACE_INTO_CONFERENCE("conf-placeintoconf"),
    /** To who waits for a marked user. */
    WAIT_FOR_LEADER("conf-waitforleader"),
    /** When the last marked user has gone. */
    LEADER_HAS_LEFT("conf-leaderhasleft"),
    /** Asks for the PIN. */
    GET_PIN("conf-getpin"),
    /** It was wrong. */
    INVALID_PIN("conf-invalidpin"),
    /** To who can't come in. */
    LOCKED("conf-locked"),
    /** To the admin who has locked it. */
    LOCKED_NOW("conf-lockednow"),
    /** To the admin who has unlocked it. */
    UNLOCKED_NOW("conf-unlockednow"),
    /** A key means nothing. */
    ERROR_MENU("conf-errormenu"),
    /** To everyone when all but admins are muted. */
    PARTICIPANTS_MUTED("conf-now-muted"),
    /** To everyone when they may speak again. */
    PARTICIPANTS_UNMUTED("conf-now-unmuted"),
    /** To everyone when the first marked user comes. */
    BEGIN("confbridge-conf-begin");

    private final String usual;

    ConferenceSound(String usual) {
        this.usual = usual;
    }

    /** The option of a bridge profile, e.g. "sound_has_joined". */
    public String option() {
        return "sound_" + name().toLowerCase(Locale.ROOT);
    }

    /** Where no option says otherwise; alternatives separated by {@code |}. */
    public String usual() {
        return usual;
    }
}
